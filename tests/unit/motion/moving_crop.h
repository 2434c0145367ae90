// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "reelface/core/rgb_image.h"

namespace reelface::testing {

inline RgbViewF view_of(const cv::Mat& crop) {
  return {crop.ptr<float>(), crop.cols, crop.rows, static_cast<std::ptrdiff_t>(crop.step1())};
}

inline cv::Mat matrix_of(const RgbImageF& image) {
  return cv::Mat(image.height, image.width, CV_32FC3, const_cast<float*>(image.samples.data())).clone();
}

inline RgbImageF image_of(const cv::Mat& crop) {
  RgbImageF image(crop.cols, crop.rows);
  crop.copyTo(cv::Mat(image.height, image.width, CV_32FC3, image.samples.data()));
  return image;
}

/// Something with the spectrum of a soft face: blobs of all sizes, RGB 0..1.
inline cv::Mat soft_texture(unsigned seed, int side, double finest) {
  cv::RNG random(0x9E3779B97F4A7C15U * (seed + 1));
  cv::Mat sum(side, side, CV_32FC3, cv::Scalar::all(0.5));
  for (double sigma = finest; sigma < side / 8.0; sigma *= 2) {
    cv::Mat layer(side, side, CV_32FC3);
    random.fill(layer, cv::RNG::NORMAL, 0, 1);
    cv::GaussianBlur(layer, layer, {}, sigma);
    cv::Scalar mean, deviation;
    cv::meanStdDev(layer, mean, deviation);
    sum += layer * (0.06 / deviation[0]);
  }
  return sum;
}

/// The picture moved by a known path: shifts and turns of a few pixels, a different one in each frame.
inline cv::Mat moved_by_path(const cv::Mat& picture, int frame, double amount) {
  const double angle = 0.004 * amount * std::sin(0.3 * frame);
  const double x = amount * std::sin(0.35 * frame), y = amount * std::cos(0.22 * frame);
  const cv::Mat matrix =
      (cv::Mat_<double>(2, 3) << std::cos(angle), -std::sin(angle), x, std::sin(angle), std::cos(angle), y);
  cv::Mat moved;
  cv::warpAffine(picture, moved, matrix, picture.size(), cv::INTER_CUBIC, cv::BORDER_REFLECT);
  return moved;
}

inline cv::Mat noise(int side, double sigma, unsigned seed, double blur = 0) {
  cv::Mat values(side, side, CV_32FC3);
  cv::RNG(0x9E3779B97F4A7C15U * (seed + 77)).fill(values, cv::RNG::NORMAL, 0, 1);
  if (blur > 0) cv::GaussianBlur(values, values, {}, blur);
  cv::Scalar mean, deviation;
  cv::meanStdDev(values, mean, deviation);
  return values * (sigma / std::max(deviation[0], 1e-3));
}

/// Root mean square difference in the middle three quarters: what enters at the border has no past.
inline double rms_inside(const cv::Mat& first, const cv::Mat& second) {
  const cv::Rect inside(first.cols / 8, first.rows / 8, first.cols * 3 / 4, first.rows * 3 / 4);
  return cv::norm(first(inside), second(inside), cv::NORM_L2) / std::sqrt(3.0 * inside.area());
}

inline bool equal_bits(const cv::Mat& first, const cv::Mat& second) {
  return first.size() == second.size() && cv::norm(first, second, cv::NORM_INF) == 0;
}

}  // namespace reelface::testing
