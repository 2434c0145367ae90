// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

namespace reelface {

/// Sizes of what lies on a film are given for a picture this high.
inline constexpr double kReferenceHeight = 480;

/// Pixels of this picture that one of the reference's is.
inline double unit_of(const cv::Mat& picture) {
  return std::max(picture.rows / kReferenceHeight, 0.25);
}

/// Calls `change(pixel, dx, dy)` for the part of the picture within reach of a place.
template <class Change>
void around(cv::Mat& picture, cv::Point2d place, cv::Point2d reach, Change change) {
  const int left = std::max(0, static_cast<int>(std::floor(place.x - reach.x)));
  const int right = std::min(picture.cols - 1, static_cast<int>(std::ceil(place.x + reach.x)));
  const int top = std::max(0, static_cast<int>(std::floor(place.y - reach.y)));
  const int bottom = std::min(picture.rows - 1, static_cast<int>(std::ceil(place.y + reach.y)));
  for (int row = top; row <= bottom; ++row) {
    auto* pixels = picture.ptr<cv::Vec3f>(row);
    for (int column = left; column <= right; ++column) change(pixels[column], column - place.x, row - place.y);
  }
}

/// Mixes a grey value into the part of the picture around a place. `cover` says how much, 0..1. Whether it covers
/// anything.
template <class Cover>
bool paint(cv::Mat& picture, cv::Point2d place, cv::Point2d reach, float value, Cover cover) {
  const cv::Vec3f paint_value(value, value, value);
  bool covers = false;
  around(picture, place, reach, [&](cv::Vec3f& pixel, double dx, double dy) {
    const auto share = static_cast<float>(std::clamp(cover(dx, dy), 0.0, 1.0));
    pixel += (paint_value - pixel) * share;
    covers |= share > 0;
  });
  return covers;
}

}  // namespace reelface
