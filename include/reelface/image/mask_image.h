// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace reelface {

/// How much of a restored crop counts at each of its pixels: 0 = the frame stays, 1 = the restoration. No padding.
struct MaskImage {
  int width = 0;
  int height = 0;
  std::vector<float> weights;

  MaskImage() = default;
  MaskImage(int mask_width, int mask_height, float weight = 0)
      : width(mask_width), height(mask_height), weights(static_cast<std::size_t>(mask_width) * mask_height, weight) {}
};

}  // namespace reelface
