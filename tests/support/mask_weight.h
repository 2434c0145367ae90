// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/image/mask_image.h"
#include "support/place_in_rows.h"

namespace reelface::testing {

/// The weight of one pixel of a mask. Not checked.
inline const float& weight_at(const MaskImage& mask, int x, int y) {
  return mask.weights[place_in_rows(x, y, mask.width)];
}

inline float& weight_at(MaskImage& mask, int x, int y) {
  return const_cast<float&>(weight_at(static_cast<const MaskImage&>(mask), x, y));
}

}  // namespace reelface::testing
