// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "degrade/degrade_recipe.h"

namespace reelface {

/// The lines at the bottom that a tape's heads read while one takes over from the other: torn aside, pale and noisy, a
/// little otherwise in each frame. Returns how many lines that are.
int switch_heads(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame);

}  // namespace reelface
