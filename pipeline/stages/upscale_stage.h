// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "inference/engine/picture_restorer.h"
#include "reelface/media/media_info.h"
#include "reelface/pipeline/stage.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// Enlarges frames that have their neighbours with a network that sees those (EnlargedPicture). `upscaler` may be null
/// in a line that is never run.
Stage make_enlarge_stage(std::shared_ptr<const PictureRestorer> upscaler, const EnlargeOptions& enlarge,
                         const VideoInfo& video);

/// Enlarges each frame by itself with a network that was made for pictures (EnlargedPicture). `upscaler` may be null in
/// a line that is never run.
Stage make_upscale_stage(std::shared_ptr<const PictureRestorer> upscaler, const EnlargeOptions& enlarge);

/// What such a network paints differs from frame to frame: takes the mean of what neighbouring enlarged pictures show
/// alike. Behind the step that gives those their neighbours.
Stage make_settle_stage();

}  // namespace reelface
