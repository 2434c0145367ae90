#pragma once

#include "reelface/media/media_info.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// Burns each frame's number and its time in the film into the picture, so that people can say which frame they mean.
Stage make_time_stage(const VideoInfo& video);

}  // namespace reelface
