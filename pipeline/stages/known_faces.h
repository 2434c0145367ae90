// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <vector>

#include "people/reference_face.h"
#include "reelface/restore/film_tracks.h"

namespace reelface {

/// What is known of a film's faces before it is read.
struct KnownFaces {
  std::vector<ReferenceFace> references;     ///< who is wanted, by photo
  std::shared_ptr<const FilmTracks> tracks;  ///< an earlier look at the film; null if there was none
  std::set<std::int64_t> unwanted;           ///< tracks that are left alone
};

}  // namespace reelface
