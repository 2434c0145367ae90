#pragma once

#include <cstddef>
#include <string>

#include "motion/moving_picture.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// What the step has found: large, so whoever uses it drops it.
struct PictureNeighbours {
  PictureWindow window;
  double damage = 0;  ///< defects on a frame that the step of repairs has found, on average
};

/// Which of a frame's pictures are neighbours.
enum class NeighboursOf {
  kFrame,
  kEnlargedPicture  ///< see enlarged_picture.h
};

/// Gives each frame its neighbours in time; `name`: of the step, as one line may have several. Behind the step of cuts:
/// nothing reaches across one. Damaged, interlaced and unreadable frames take no part, nor do those without such a
/// picture.
LookAhead make_neighbours_stage(const std::string& name, int window_length, std::size_t frames_per_group,
                                NeighboursOf which = NeighboursOf::kFrame);

}  // namespace reelface
