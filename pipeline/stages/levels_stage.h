// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "reelface/pipeline/stage.h"

namespace reelface {

/// Finds how faded a film is: where its tones and those of its channels begin, lie and end, on average over the frames
/// around each, never across a cut. `neutral`: a print's own tone (sepia, tint) is to go as well.
LookAhead make_levels_stage(std::size_t frames_per_group, bool neutral = false);

/// Gives a faded film its levels back: one of many colours channel by channel, a print of one tone as a whole, so that
/// it keeps its tone. Grey stays grey; a film that is not faded stays bit for bit, unless its tone is to go. Frames
/// that cannot be changed stay as they are.
Stage make_contrast_stage();

}  // namespace reelface
