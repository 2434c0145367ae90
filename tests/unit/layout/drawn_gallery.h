// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "unit/layout/drawn_pages.h"

namespace reelface::testing {

/// Tiles of one size in rows, on a ground that is nearly black; the last row may have fewer, in its middle.
inline std::vector<cv::Rect> places_of_tiles(cv::Size picture, int count, int columns, int between) {
  const int rows = (count + columns - 1) / columns;
  const int width = (picture.width - between * (columns + 1)) / columns;
  const int height = (picture.height - between * (rows + 1)) / rows;
  std::vector<cv::Rect> places;
  for (int number = 0; number < count; ++number) {
    const int row = number / columns, in_row = row + 1 == rows ? count - row * columns : columns;
    const int left = (picture.width - in_row * width - (in_row - 1) * between) / 2;
    places.emplace_back(left + number % columns * (width + between), between + row * (height + between), width, height);
  }
  return places;
}

/// Each tile shows somebody else.
inline cv::Mat drawn_gallery(cv::Size picture, const std::vector<cv::Rect>& places, int frame, double noise = 2) {
  cv::Mat page(picture, CV_8U, cv::Scalar(24));
  int number = 0;
  for (const cv::Rect& place : places) {
    cv::Mat camera = camera_picture(place.size(), frame + 5 * number, noise);
    camera = camera * (0.7 + 0.1 * (number % 4));
    camera.copyTo(page(place));
    ++number;
  }
  return page;
}

}  // namespace reelface::testing
