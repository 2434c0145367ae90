// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/pipeline/line_outline.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// Behind the steps that work on pictures: frames that were folded into the one they repeat are jobs of their own
/// again, and show what became of it, bit for bit.
Stage make_repeat_stage();

/// Whether frames are folded before this line, because the step above is in it.
bool folds_repeats(const LineOutline& line);

}  // namespace reelface
