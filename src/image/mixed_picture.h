// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/rgb_image.h"

namespace reelface {

/// From one picture towards another of the same size, by this share of the way.
RgbImageF mixed(const RgbImageF& from, RgbImageF to, float share);

}  // namespace reelface
