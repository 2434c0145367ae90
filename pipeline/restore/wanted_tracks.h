// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "people/reference_face.h"
#include "reelface/restore/film_tracks.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// The tracks that are left alone because of who they show: people who were not asked for by number, or who are not
/// near enough to any of the photos. Throws Error(kUsage) when the tracks do not tell, or know no such person.
std::set<std::int64_t> unwanted_tracks(const FilmTracks& tracks, const FaceOptions& faces,
                                       std::vector<ReferenceFace>& references);

}  // namespace reelface
