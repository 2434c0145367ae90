// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "pipeline/parts/divide_film.h"

namespace reelface {

/// What is tried of a film to tell how long all of it takes: a few stretches where films are unlike their beginnings
/// and ends; the beginning alone of a short one, and where frames need all before them.
std::vector<PlannedPart> trial_parts(const FilmIndex& index, const FilmWork& work, bool may_seek);

}  // namespace reelface
