// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "degrade/degrade_recipe.h"

namespace reelface {

/// How brightness changes over one frame: it is multiplied by 1 + across·u + down·v + corners·u·v, where u and v go
/// from -1 at the left and the top to 1 at the right and the bottom.
struct UnevenLight {
  double across = 0;
  double down = 0;
  double corners = 0;
};

/// Another one for each frame. Over pictures and frames its rms is what the recipe asks for.
UnevenLight uneven_light(const DegradeRecipe& recipe, std::int64_t frame);
void light_unevenly(cv::Mat& picture, const UnevenLight& light);

}  // namespace reelface
