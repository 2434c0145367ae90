#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "motion/moving_picture.h"
#include "motion/window_noise.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// What the step has found: large, so whoever uses it drops it.
struct PictureNeighbours {
  PictureWindow window;
  double damage = 0;               ///< defects on a frame that the step of repairs has found, on average
  std::vector<SharedNoise> noise;  ///< of the last frames of the shot, this one's last; where it was asked for
};

/// Which of a frame's pictures are neighbours.
enum class NeighboursOf {
  kFrame,
  kEnlargedPicture  ///< see enlarged_picture.h
};

struct NeighboursOptions {
  std::string name;  ///< of the step, as one line may have several
  int window_length = 1;
  NeighboursOf which = NeighboursOf::kFrame;
  bool noise = false;  ///< gives noise as well; whoever asks for it has to have it measured, or pictures pile up
};

/// Gives each frame its neighbours in time. Behind the step of cuts: nothing reaches across one. Damaged, interlaced
/// and unreadable frames take no part, nor do those without such a picture.
LookAhead make_neighbours_stage(const NeighboursOptions& options, std::size_t frames_per_group);

}  // namespace reelface
