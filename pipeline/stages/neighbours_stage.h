// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "motion/moving_picture.h"
#include "motion/window_noise.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// A part of a frame that is a picture of its own: a tile, or all of it.
struct PartNeighbours {
  PictureArea area;
  PictureWindow window;            ///< as large as the area
  std::vector<SharedNoise> noise;  ///< of the last frames of the shot, this one's last; where it was asked for
};

/// What the step has found: large, so whoever uses it drops it.
struct PictureNeighbours {
  std::vector<PartNeighbours> parts;
  double damage = 0;  ///< defects on a frame that the step of repairs has found, on average

  /// Of all of the frame, where it was not asked for tiles.
  const PictureWindow& window() const { return parts.front().window; }
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
  bool noise = false;    ///< gives noise as well; whoever asks for it has to have it measured, or pictures pile up
  bool by_tile = false;  ///< the tiles of a call have neighbours of their own, and a shared screen has none
};

/// Gives each frame its neighbours in time. Behind the step of cuts: nothing reaches across one. Damaged, interlaced
/// and unreadable frames take no part, nor do those without such a picture.
LookAhead make_neighbours_stage(const NeighboursOptions& options, std::size_t frames_per_group);

}  // namespace reelface
