// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the Python helper of GFPGAN does with a crop, its roundings and its half-pixel quirk included, so that our own
// paste can be held against it. Only for tests: the product's paste is the exact one. Header only: needs OpenCV's
// imgproc.
#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace reelface::testing {

/// 8-bit BGR in and out. `affine` is the 2x3 matrix from picture to crop.
inline cv::Mat reference_crop(const cv::Mat& picture, const cv::Mat& affine, int size = 512) {
  cv::Mat crop;
  cv::warpAffine(picture, crop, affine, {size, size}, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(135, 133, 132));
  return crop;
}

/// The square mask as it lies in the enlarged picture: shrunk twice, then blurred, all in proportion to the face.
inline cv::Mat reference_mask(const cv::Mat& crop_to_picture, int crop_size, cv::Size picture_size, int upscale,
                              cv::Mat& hard) {
  cv::Mat warped;
  const cv::Mat ones(crop_size, crop_size, CV_32F, cv::Scalar(1));
  cv::warpAffine(ones, warped, crop_to_picture, picture_size);
  const auto box = [](int side) { return cv::Mat::ones(side, side, CV_8U); };
  cv::erode(warped, hard, box(2 * upscale));
  const int edge = static_cast<int>(std::sqrt(cv::sum(hard)[0])) / 20;
  cv::Mat centre;
  cv::erode(hard, centre, box(2 * edge));
  cv::Mat soft;
  cv::GaussianBlur(centre, soft, {2 * edge + 1, 2 * edge + 1}, 0);
  return soft;
}

inline cv::Mat reference_paste(const cv::Mat& picture, const cv::Mat& restored, const cv::Mat& affine, int upscale) {
  cv::Mat background = picture;
  const cv::Size size(picture.cols * upscale, picture.rows * upscale);
  if (upscale > 1) cv::resize(picture, background, size, 0, 0, cv::INTER_LANCZOS4);
  cv::Mat back;
  cv::invertAffineTransform(affine, back);
  back *= upscale;
  if (upscale > 1) back.col(2) += 0.5 * upscale;  // exact would be (upscale - 1) / 2
  cv::Mat face;
  cv::warpAffine(restored, face, back, size);
  cv::Mat hard;
  const cv::Mat soft = reference_mask(back, restored.cols, size, upscale, hard);
  cv::Mat result(size, CV_8UC3);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const float weight = soft.at<float>(y, x);
      for (int channel = 0; channel < 3; ++channel) {
        const float restored_value = hard.at<float>(y, x) * static_cast<float>(face.at<cv::Vec3b>(y, x)[channel]);
        const float mixed =
            weight * restored_value + (1 - weight) * static_cast<float>(background.at<cv::Vec3b>(y, x)[channel]);
        result.at<cv::Vec3b>(y, x)[channel] =
            static_cast<unsigned char>(std::clamp(mixed, 0.0F, 255.0F));  // cut, not rounded
      }
    }
  }
  return result;
}

}  // namespace reelface::testing
