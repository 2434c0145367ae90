// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>

#include "reelface/core/face.h"

namespace reelface {

/// Whether a number can be a place or a length in a picture's pixels: far beyond any picture, and still far from what
/// overflows when a crop is found from it. Neither infinities nor what is no number.
inline bool is_place(double number) {
  constexpr double kFarthest = 1e7;
  return std::abs(number) <= kFarthest;
}

inline bool is_place(const Box& box) {
  return is_place(box.x) && is_place(box.y) && is_place(box.width) && is_place(box.height);
}

inline bool are_places(const std::array<Point, 5>& points) {
  for (const Point& point : points) {
    if (!is_place(point.x) || !is_place(point.y)) return false;
  }
  return true;
}

}  // namespace reelface
