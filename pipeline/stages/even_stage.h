// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/pipeline/stage.h"

namespace reelface {

/// Finds how the light of a film flickers: each frame's tones against those around it, measured where the pictures
/// correspond. Fades, flashes and lamps that are switched on stay.
LookAhead make_even_stage(std::size_t frames_per_group);

/// Gives frames the light that belongs to them. Frames that cannot be changed stay as they are.
Stage make_tone_stage();

}  // namespace reelface
