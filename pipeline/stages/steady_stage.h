// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "reelface/pipeline/stage.h"

namespace reelface {

/// Where a frame has to be moved. Found by the one step, done by the other; frames that stay have none.
struct SteadyWork {
  cv::Point2d shift;  ///< in samples of the frame
};

/// Finds how a film trembles in its gate: the frame's place against a smooth path through the frames around it, which
/// the camera's own movement is left on.
LookAhead make_steady_stage(std::size_t frames_per_group);

/// Moves frames to where they belong. Frames that cannot be changed, and interlaced ones, stay where they are.
Stage make_shift_stage();

}  // namespace reelface
