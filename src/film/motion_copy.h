// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "reelface/image/frame.h"

namespace reelface {

/// A small grey copy of a frame to find motion and light on: grain is gone, a fiftieth of a pixel is not.
struct MotionCopy {
  cv::Mat grey;             ///< CV_32F, 0..255
  cv::Point2d scale{1, 1};  ///< how many of the frame's samples a pixel is
};

MotionCopy motion_copy(const Frame& frame);

}  // namespace reelface
