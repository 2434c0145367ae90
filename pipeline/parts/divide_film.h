// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
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

/// Frames that are all processed alike.
struct WorkOnSpan {
  std::int64_t first_frame = 0;
  std::int64_t end_frame = 0;
  FilmWork work;
};

/// The same of a film that is not processed alike all along. Spans follow one on the other; each has at least one part,
/// and every part lies in one of them.
std::vector<PlannedPart> divide_film(const FilmIndex& index, const PartSizes& sizes,
                                     const std::vector<WorkOnSpan>& spans);

}  // namespace reelface
