#pragma once

#include <memory>
#include <vector>

#include "film/defects.h"
#include "reelface/pipeline/line.h"

namespace reelface {

/// What was repaired of a frame, or is about to be.
struct RepairWork {
  std::vector<Defect> defects;
  std::vector<StandingOut> all;  ///< what stood out, and was left alone perhaps
};

/// Finds dirt by comparing each frame with those around it, leaves alone what moves, and fills the rest from the frame
/// that shows what it hides. Nothing else of a frame changes. Frames that cannot be changed, damaged and interlaced
/// ones stay as they are.
void add_repair_steps(Line& line, std::size_t frames_per_group);

}  // namespace reelface
