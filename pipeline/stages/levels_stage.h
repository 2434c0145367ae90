#pragma once

#include <cstddef>

#include "reelface/pipeline/stage.h"

namespace reelface {

/// Finds how faded a film is: where its tones begin and end, on average over the frames around each, never across a
/// cut.
LookAhead make_levels_stage(std::size_t frames_per_group);

/// Gives a faded film its contrast back. Colours keep their hue, grey stays grey; a film that is not faded stays bit
/// for bit. Frames that cannot be changed stay as they are.
Stage make_contrast_stage();

}  // namespace reelface
