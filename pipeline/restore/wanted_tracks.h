#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "pipeline/restore/reference_faces.h"
#include "reelface/restore/film_tracks.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// Which of the film's tracks are left alone because of who they show: neither of the people asked for by number, nor
/// near enough to one of the references. Throws Error(kUsage) when the tracks do not tell, or know no such person.
std::set<std::int64_t> unwanted_tracks(const FilmTracks& tracks, const FaceOptions& faces,
                                       std::vector<ReferenceFace>& references);

}  // namespace reelface
