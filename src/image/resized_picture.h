// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/rgb_image.h"

namespace reelface {

/// Averaged where it gets smaller, cubic where it gets larger, a plain copy where the size stays.
RgbImageF resized(const RgbViewF& picture, int width, int height);

}  // namespace reelface
