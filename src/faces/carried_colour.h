#pragma once

#include <deque>
#include <opencv2/core.hpp>

namespace reelface {

/// Light and colour of one frame, by cell.
struct ColourFrame {
  double time_seconds = 0;
  cv::Mat shift;  ///< what the restorer added
  cv::Mat input;  ///< what it was added to
};

ColourFrame colour_frame(double time_seconds, const cv::Mat& input, const cv::Mat& restored);

/// What averaging the shift with that of past frames, as far as the input looked the same there, changes of it: exactly
/// nothing where all the past is equal.
cv::Mat steadier_shift(const ColourFrame& now, const std::deque<ColourFrame>& past, double memory_seconds);

}  // namespace reelface
