#pragma once

#include <cstddef>
#include <vector>

#include "pipeline/parts/film_index.h"
#include "reelface/parts/film_plan.h"

namespace reelface {

/// What the work on a frame knows of its neighbours; from the options.
struct TimeReach {
  bool looks_back = false;    ///< false: every frame on its own
  bool tracks_faces = false;  ///< false: only the crops of the nearest frames
  bool knows_cuts = false;
  bool guards_identity = false;
  double window_seconds = 0;  ///< look-ahead of the tracker
  std::size_t frames_per_group = 8;
};

TimeReach time_reach(const RestoreOptions& options, std::size_t frames_per_group);

/// These frames with what they need around them.
PlannedPart part_of_film(const FilmIndex& index, const TimeReach& reach, std::int64_t first, std::int64_t end);

/// The film's frames dealt out to parts, with the warm-up and look-ahead that make a part's pixels those of one run.
std::vector<PlannedPart> divide_film(const FilmIndex& index, const PartSizes& sizes, const TimeReach& reach);

}  // namespace reelface
