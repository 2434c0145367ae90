// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "image/opencv_view.h"

namespace reelface {

/// 0..1 to 0..255.
inline RgbImage8 as_bytes(const cv::Mat& picture) {
  RgbImage8 result(picture.cols, picture.rows);
  cv::Mat target = opencv_view(result.view());
  picture.convertTo(target, CV_8U, 255);
  return result;
}

}  // namespace reelface
