// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "reelface/pipeline/stage.h"

namespace reelface {

/// Finds how far the colours of a tape lie beside what they colour: by the edges of many frames, never across a cut.
LookAhead make_colour_shift_stage(std::size_t frames_per_group);

/// Moves them back. Brightness stays bit for bit, and so does a film whose colours lie well.
Stage make_colour_stage();

}  // namespace reelface
