// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <set>

#include "faces/face_selection.h"
#include "reelface/pipeline/stage.h"
#include "reelface/restore/film_tracks.h"

namespace reelface {

/// Stands in for finding and following: gives every frame the faces that an earlier look at the film found.
/// `range_start` are the ticks by which the film's stamps are larger than those of the frames that come by. Faces of
/// `unwanted` tracks are not selected. A film is divided into parts as if faces were looked for with `window_seconds`
/// of look-ahead.
LookAhead make_replay_stage(std::shared_ptr<const FilmTracks> tracks, const FaceSelectionOptions& selection,
                            std::int64_t range_start, std::set<std::int64_t> unwanted = {}, double window_seconds = 0);

}  // namespace reelface
