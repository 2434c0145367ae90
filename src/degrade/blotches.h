// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "degrade/degrade_recipe.h"

namespace reelface {

/// Large stains that lie on one frame only, cloudy inside, with a ragged edge: drops, glue, emulsion that came off.
/// Returns how many of them lie in the picture.
int add_blotches(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame);

/// Large soft stains that change the colour on one frame and leave its brightness. Returns how many lie in the picture.
int add_chroma_blotches(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame);

}  // namespace reelface
