#pragma once

#include "reelface/pipeline/stage.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// Adds every restoration to its frame, in the frame's own format, and gives the surroundings' grain back.
Stage make_paste_stage(const PictureOptions& options);

}  // namespace reelface
