// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "faces/face_strength.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// Gives every face the crops of its own neighbours in time, `window_length` in all with its own in the middle, and its
/// strength; without StrengthOptions, full strength. At the ends of a track and at cuts the nearest crop stands in.
/// Holds back as many frames as the window looks ahead.
LookAhead make_gather_stage(int window_length, std::size_t frames_per_group,
                            const std::optional<StrengthOptions>& strength, bool guard_identity = false);

}  // namespace reelface
