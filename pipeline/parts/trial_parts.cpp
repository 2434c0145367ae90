// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/trial_parts.h"

#include <algorithm>
#include <cstdint>

namespace reelface {

std::vector<PlannedPart> trial_parts(const FilmIndex& index, const FilmWork& work, bool may_seek) {
  constexpr std::int64_t kFrames = 48;
  const std::int64_t length = std::min(kFrames, index.size());
  if (!may_seek || index.size() < 6 * kFrames) return {part_of_film(index, work, 0, length)};
  std::vector<PlannedPart> parts;
  for (const std::int64_t sixth : {1, 3, 5}) {
    const std::int64_t first = index.size() * sixth / 6 - length / 2;
    parts.push_back(part_of_film(index, work, first, first + length));
  }
  return parts;
}

}  // namespace reelface
