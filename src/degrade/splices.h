// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "degrade/degrade_recipe.h"

namespace reelface {

/// What a splice does to a frame at it and soon after: the film jumps in the gate, and the light is another.
struct SpliceJump {
  cv::Point2d shift{0, 0};  ///< pixels, to the right and down
  double light = 1;
};

/// Whether the film was cut and joined right before this frame. Never before the first.
bool begins_with_splice(const DegradeRecipe& recipe, std::int64_t frame);

SpliceJump splice_jump(const DegradeRecipe& recipe, std::int64_t frame, int height);

/// The edge of the join: at the top of the first frame after it, and at the bottom of the last before it. Whether there
/// is one.
bool add_splice_edges(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame);

}  // namespace reelface
