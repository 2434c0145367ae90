// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/block_history.h"

namespace reelface {

/// What the picture of a recorded call is made of.
struct CallLayout {
  cv::Mat screens;              ///< where a screen is shared: CV_8U, 255 there; empty where none is
  std::vector<cv::Rect> tiles;  ///< pictures of cameras; empty where the picture is one of them
};

/// Of the window's middle frame, `grey`: CV_8U.
CallLayout call_layout(const LayoutWindow& window, const cv::Mat& grey);

}  // namespace reelface
