// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "reelface/pipeline/stage.h"

namespace reelface {

/// Finds the lines at the bottom of a tape that the change of heads has torn aside, in the frames around each; a cut
/// does not matter, it is the same recorder.
LookAhead make_switching_lines_stage(std::size_t frames_per_group);

/// Fills them from the lines above. All else stays bit for bit.
Stage make_bottom_stage();

}  // namespace reelface
