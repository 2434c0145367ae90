// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <optional>

namespace reelface {

enum class BoxSide { kLeft, kRight, kTop, kBottom };

/// Straight edges along the sides of boxes in one grey picture, CV_8U.
class StraightEdges {
 public:
  explicit StraightEdges(const cv::Mat& grey);

  /// Where the edge is that most of this side lies along, at most `reach` pixels from it: a column or row before which
  /// the picture changes. Nothing where there is none.
  std::optional<int> near(const cv::Rect& box, BoxSide side, int reach) const;

  /// The box with each side moved to such an edge, or inwards by as much where there is none; but a side that is the
  /// picture's own stays.
  cv::Rect snapped(const cv::Rect& box, int reach) const;

 private:
  cv::Mat grey_, turned_;
};

}  // namespace reelface
