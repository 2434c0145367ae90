// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "reelface/media/media_info.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// Burns each frame's number and its time in the film into the picture, so that people can say which frame they mean.
/// `first_number`: of the frame that is read first.
Stage make_time_stage(const VideoInfo& video, std::int64_t first_number);

}  // namespace reelface
