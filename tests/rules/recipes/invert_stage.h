// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/pipeline/stage.h"

namespace reelface {

/// Turns light into dark. Frames of more than 8 bits pass as they are.
Stage make_invert_stage();

}  // namespace reelface
