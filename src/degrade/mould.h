// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "degrade/degrade_recipe.h"

namespace reelface {

/// Colonies of mould: patches of fine threads that have eaten into the film. It grew through the windings of the roll,
/// so a colony stays in its place for many frames, and its threads are others on each. Returns how many there are.
int add_mould(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame);

}  // namespace reelface
