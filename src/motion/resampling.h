// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace reelface {

enum class Resampling { kLinear, kCubic };

/// `there` read at each pixel's place plus its offset (CV_32FC2, same size), the edge repeated outside. CV_32F with one
/// to three channels. Places are exact, not rounded to parts of a pixel, and all channels of a pixel are computed
/// together: several times faster than a general remap.
cv::Mat read_at_offsets(const cv::Mat& there, const cv::Mat& offsets, Resampling resampling);

/// Pixels of a row, the last not included.
struct Columns {
  int first = 0;
  int end = 0;
};

/// The same row by row, for who uses each at once. Refers to the picture's pixels, which it shares.
class RowReader {
 public:
  RowReader(const cv::Mat& there, Resampling resampling);

  /// These columns of row `row`, read with that row of `offsets`: `room`, which is as long as the row, filled there;
  /// where offsets are empty the picture's own row.
  const float* read(const cv::Mat& offsets, int row, Columns columns, float* room) const;

 private:
  cv::Mat there_;
  Resampling resampling_;
};

/// Into `result`, which is used as it is if it has the right size and type, and must not be `there`.
void read_at_offsets(const cv::Mat& there, const cv::Mat& offsets, Resampling resampling, cv::Mat& result);

}  // namespace reelface
