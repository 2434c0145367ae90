// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/pipeline/stage.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// Cuts every tracked face out of its frame along the smoothed alignment, `crop_size` pixels square, and says
/// what of it belongs to the face.
Stage make_align_stage(int crop_size, MaskKind mask);

}  // namespace reelface
