// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "motion/crop_step.h"
#include "reelface/core/rgb_image.h"

namespace reelface {

/// The neighbours of a window of aligned crops, moved onto the middle one by optical flow: what alignment cannot take
/// out (a turning head, lips, lids) then lies in the same place in all of them. `steps[i]` lies between
/// window[i] and the middle, null where both are the same crop. (Steps composed of shorter ones give worse pictures.)
/// One result for each neighbour; none for the middle, nor for a neighbour that hardly moved: it is better used as it
/// is, and a frozen picture stays untouched. All crops have the middle one's size, else reelface::Error; they may be
/// larger or smaller than those of the steps. Thread-safe.
std::vector<std::optional<RgbImageF>> moved_onto_middle(const std::vector<RgbViewF>& window,
                                                        const std::vector<SharedStep>& steps);

}  // namespace reelface
