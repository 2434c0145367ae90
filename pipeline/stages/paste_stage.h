// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/pipeline/stage.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// Enlarges the frame if that was asked for, adds every restoration to it in the frame's own format, and gives the
/// surroundings' grain back. With --compare, the frame that leaves is the comparison.
Stage make_paste_stage(const PictureOptions& options, const EnlargeOptions& enlarge);

/// Whether the stage changes frames without faces too.
bool pastes_without_faces(const PictureOptions& options, bool is_resized);

}  // namespace reelface
