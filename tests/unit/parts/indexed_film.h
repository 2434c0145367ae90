// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pipeline/parts/film_index.h"

namespace reelface::testing {

/// 25 frames a second, no two alike, cuts where told.
inline FilmIndex film_of(std::int64_t frames, const std::vector<std::int64_t>& cuts = {}) {
  FilmIndex index;
  index.time_base = {1, 25};
  for (std::int64_t frame = 0; frame < frames; ++frame)
    index.frames.push_back({frame, 1, static_cast<std::uint64_t>(frame), frame == 0});
  for (const std::int64_t cut : cuts) index.frames[static_cast<std::size_t>(cut)].starts_shot = true;
  return index;
}

}  // namespace reelface::testing
