#pragma once

#include <cstddef>
#include <vector>

#include "pipeline/parts/film_index.h"
#include "reelface/parts/film_plan.h"
#include "reelface/pipeline/line_outline.h"

namespace reelface {

/// How a film is processed, as far as dividing it depends on that.
struct FilmWork {
  LineOutline line;
  std::size_t frames_per_group = 8;
};

/// These frames with what the line needs around them.
PlannedPart part_of_film(const FilmIndex& index, const FilmWork& work, std::int64_t first, std::int64_t end);

/// The film's frames dealt out to parts, with the warm-up and look-ahead that make a part's pixels those of one run.
std::vector<PlannedPart> divide_film(const FilmIndex& index, const PartSizes& sizes, const FilmWork& work);

}  // namespace reelface
