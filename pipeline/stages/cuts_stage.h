// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/pipeline/stage.h"

namespace reelface {

/// Finds where shots begin, for all steps behind it that look at a film's pictures in time.
LookAhead make_cuts_stage(std::size_t frames_per_group);

/// What that step has found out about a frame; false behind no such step.
bool starts_shot(const FrameJob& job);

}  // namespace reelface
