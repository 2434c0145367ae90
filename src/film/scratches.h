// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <vector>

#include "film/defects.h"
#include "film/film_picture.h"

namespace reelface {

/// How wide, in samples, something is that would be one sample wide in a picture 480 lines high.
int unit_of(cv::Size picture);

/// A thin line from top to bottom, or through most of the picture.
struct VerticalLine {
  DefectSign sign = DefectSign::kLight;
  std::vector<float> places;     ///< x in the middle of each strip
  std::vector<float> strengths;  ///< levels that it stands out by there, clipped; 0 where it is not seen

  /// Samples from the top that strip `index` of a picture so high begins at.
  static int first_row(std::size_t index, std::size_t strips, int height) {
    return static_cast<int>(index * static_cast<std::size_t>(height) / strips);
  }

  /// Where it is in this row, between the strips' middles.
  double place_at(int row, int height) const;
};

/// What is remembered of a frame's vertical lines.
struct LineView {
  cv::Mat response;  ///< CV_32F, a row for each strip: levels that a column is lighter, or darker (below 0), by than
                     ///< both its sides
  std::vector<VerticalLine> lines;
  cv::Mat to_earlier;  ///< CV_32F, strips and columns of cells: how far, in samples, what is here was to the right in
                       ///< the frame before. Empty: not known
  cv::Mat to_later;    ///< likewise: how far what was there in the frame before has gone to the right since
};

/// `since_before` is the motion since the frame before, null where there is none.
LineView find_vertical_lines(const cv::Mat& grey, const FilmMotion* since_before);

/// Whether a line of the frame `views[now]` lies on the film and not in what it shows: a scratch does not go where the
/// picture goes, and what it hides is seen in some frame around. Null views: unknown frames.
bool is_scratch(const VerticalLine& line, const std::vector<const LineView*>& views, std::size_t now);

}  // namespace reelface
