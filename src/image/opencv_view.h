// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <opencv2/core.hpp>

#include "reelface/core/rgb_image.h"

// OpenCV's view of our pictures: the same memory, nothing copied. OpenCV has no read-only matrix; whoever wraps a view
// only reads.
namespace reelface {

inline cv::Mat opencv_view(RgbViewF picture) {
  return {picture.height, picture.width, CV_32FC3, const_cast<float*>(picture.samples),
          static_cast<std::size_t>(picture.row_stride) * sizeof(float)};
}

inline cv::Mat opencv_view(RgbView8 picture) {
  return {picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.samples),
          static_cast<std::size_t>(picture.row_stride)};
}

}  // namespace reelface
