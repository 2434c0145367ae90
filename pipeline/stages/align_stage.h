#pragma once

#include "reelface/pipeline/stage.h"

namespace reelface {

/// Cuts every tracked face out of its frame along the smoothed alignment, `crop_size` pixels square.
Stage make_align_stage(int crop_size);

}  // namespace reelface
