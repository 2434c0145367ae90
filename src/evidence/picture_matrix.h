#pragma once

#include <opencv2/core.hpp>

#include "reelface/core/rgb_image.h"

namespace reelface {

/// The picture's own samples for OpenCV to read; not to be written to.
inline cv::Mat view_of(const RgbImageF& picture) {
  return {picture.height, picture.width, CV_32FC3, const_cast<float*>(picture.samples.data())};
}

/// 0..1 to 0..255.
inline RgbImage8 as_bytes(const cv::Mat& picture) {
  RgbImage8 result(picture.cols, picture.rows);
  cv::Mat target(picture.rows, picture.cols, CV_8UC3, result.samples.data());
  picture.convertTo(target, CV_8U, 255);
  return result;
}

}  // namespace reelface
