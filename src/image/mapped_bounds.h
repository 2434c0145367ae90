// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "reelface/image/affine.h"

namespace reelface {

/// The upright rectangle around what a map makes of one.
struct MappedBounds {
  double left = 0, top = 0, right = 0, bottom = 0;
};

inline MappedBounds mapped_bounds(const Affine& map, const Position& first, const Position& last) {
  const Position start = map.apply(first);
  MappedBounds bounds{start.x, start.y, start.x, start.y};
  for (const Position& corner : {Position{last.x, first.y}, Position{first.x, last.y}, last}) {
    const Position there = map.apply(corner);
    bounds = {std::min(bounds.left, there.x), std::min(bounds.top, there.y), std::max(bounds.right, there.x),
              std::max(bounds.bottom, there.y)};
  }
  return bounds;
}

}  // namespace reelface
