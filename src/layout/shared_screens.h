// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/block_history.h"

namespace reelface {

/// A screen that somebody shares: text, slides, code, pages.
struct SharedScreens {
  cv::Mat area;                 ///< CV_8U, as large as the picture, 255 where it is shown; empty where none is
  std::vector<cv::Rect> tiles;  ///< of cameras, on the screen or beside it
};

/// In a frame of these squares. A still picture on a page belongs to it; what moves like a camera's picture does not,
/// nor does the rectangle around it as far as straight edges tell. `grey`: the frame, CV_8U. `gallery`: tiles that are
/// known already; neither they nor their sides are part of a screen.
SharedScreens shared_screens(const BlockSigns& blocks, const BlockHistory& history, const cv::Mat& grey,
                             const std::vector<cv::Rect>& gallery = {});

}  // namespace reelface
