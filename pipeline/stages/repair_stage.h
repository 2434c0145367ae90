// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "film/defects.h"
#include "film/scratch_repair.h"
#include "reelface/pipeline/line.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// What was repaired of a frame, or is about to be.
struct RepairWork {
  std::vector<Defect> defects;
  std::vector<Scratch> scratches;
};

/// How much of a frame like this that is, 0..1.
double repaired_share(const RepairWork& work, const FrameFacts& facts);

/// Finds dirt by comparing each frame with those around it, leaves alone what moves, and fills the rest from the frame
/// that shows what it hides. Scratches are lines that stay for many frames and do not go where the picture goes; they
/// are mended across. Nothing else of a frame changes. Frames that cannot be changed, damaged and interlaced ones stay
/// as they are.
void add_repair_steps(Line& line, const FilmSteps& options, std::size_t frames_per_group);

}  // namespace reelface
