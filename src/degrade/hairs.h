// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "degrade/degrade_recipe.h"

namespace reelface {

/// Hairs and fibres that lie on one frame only: long, thin, bent. Returns how many of them lie in the picture.
int add_hairs(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame);

}  // namespace reelface
