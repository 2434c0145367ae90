// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>

#include "film/film_picture.h"
#include "film/matched_frames.h"
#include "motion/distinct_pictures.h"
#include "pipeline/graph/frame_windows.h"
#include "reelface/pipeline/line.h"

namespace reelface {

/// Frames to either side that a frame may be compared with. Two are; between them may be others that repeat them.
inline constexpr std::ptrdiff_t kFilmReach = 4;

/// A frame as it came, and how it moved since the one before.
struct FilmNeighbour {
  SharedFrame frame;
  cv::Mat motion_picture;
  std::shared_ptr<const FilmStep> step;  ///< null where there is no frame before
  std::optional<double> change;          ///< likewise; see picture_change()
};

/// What is needed to find and fill what is in one frame only.
struct FilmNeighbours {
  std::array<std::optional<FilmNeighbour>, 2 * kFilmReach + 1> frames;
  DistinctNeighbours distinct;  ///< those to compare with

  const std::optional<FilmNeighbour>& at(std::ptrdiff_t offset) const {
    return frames[static_cast<std::size_t>(offset + kFilmReach)];
  }
};

/// The one at `offset` as a reference for the middle one; nothing where the motion between them is not known.
std::optional<Reference> reference_at(const FilmNeighbours& neighbours, std::ptrdiff_t offset);

/// Gives each frame those around it. Behind the step of cuts: nothing reaches across one. Frames that cannot be
/// changed, damaged and interlaced ones have none, and are none.
LookAhead make_match_stage(std::size_t frames_per_group);

/// What a step says that looks at so many frames to either side.
StepNeeds film_window_needs(std::string reason, std::ptrdiff_t reach, std::size_t frames_per_group);

}  // namespace reelface
