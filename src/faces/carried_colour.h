// SPDX-License-Identifier: Apache-2.0
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

/// How much the shift changes when it is averaged with that of past frames, as far as their input looked the same.
/// Where all the past is equal, exactly 0.
cv::Mat steadier_shift(const ColourFrame& now, const std::deque<ColourFrame>& past, double memory_seconds);

}  // namespace reelface
