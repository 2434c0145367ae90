// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "pipeline/parts/film_index.h"
#include "reelface/media/video_reader.h"
#include "reelface/parts/film_plan.h"

namespace reelface {

/// How to read a part: as `film`, which reads the whole of it, but from the warm-up to a little behind the look-ahead.
/// `extent` is what the film's range turned out to be.
ReadOptions near_part(ReadOptions film, const ReadExtent& extent, const FilmIndex& index, const PlannedPart& part);

/// How many frames of the index near_part() looks at behind the part's look-ahead.
constexpr std::int64_t kFramesReadBehind = 2;

}  // namespace reelface
