// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/rgb_image.h"

namespace reelface {

/// What a network that enlarges must not do, wherever it comes from: flat ground stays what plain enlarging makes of
/// it, and nothing is more than 8 levels brighter or darker than what the small picture shows around it: edges do not
/// ring.
void hold_back_upscaling(RgbViewF picture, RgbImageF& enlarged);

}  // namespace reelface
