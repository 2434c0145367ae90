#pragma once

#include <opencv2/core.hpp>

#include "reelface/pipeline/stage.h"

namespace reelface {

/// Where the frame has to be moved so that the film runs steadily. Found by the one step, done by the other.
struct SteadyWork {
  cv::Point2d shift;  ///< in samples of the frame
};

/// Finds how a film trembles in its gate: the frame's place against a smooth path through the frames around it, which
/// the camera's own movement is left on. Nothing reaches across a cut.
LookAhead make_steady_stage(std::size_t frames_per_group);

/// Moves frames to where they belong. Frames that cannot be changed, and interlaced ones, stay where they are.
Stage make_shift_stage();

}  // namespace reelface
