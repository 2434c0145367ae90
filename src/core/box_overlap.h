// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "reelface/core/face.h"

namespace reelface {

/// The share of two boxes' common area that both cover, 0..1. `Number`: what is calculated with.
template <typename Number>
Number box_overlap(const Box& one, const Box& other) {
  const Number width = std::min(one.x + one.width, other.x + other.width) - std::max(one.x, other.x);
  const Number height = std::min(one.y + one.height, other.y + other.height) - std::max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  const Number shared = width * height;
  return shared / (Number{one.width} * one.height + Number{other.width} * other.height - shared);
}

}  // namespace reelface
