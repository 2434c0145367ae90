// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "inference/engine/picture_restorer.h"
#include "reelface/media/media_info.h"
#include "reelface/pipeline/stage.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// What was done to a frame.
struct CleanWork {
  double share = 0;  ///< of what the network would change, 0..1
};

/// Takes grain, noise and small damage out of whole pictures that have their neighbours, and gives as much of the
/// film's own grain back as is wanted. Automatically: as much as there is noise; and where the step of repairs has
/// found a damaged film, specks that were too faint for it. `cleaner` may be null in a line that is never run.
Stage make_clean_stage(std::shared_ptr<const PictureRestorer> cleaner, const FilmSteps& film, const VideoInfo& video);

}  // namespace reelface
