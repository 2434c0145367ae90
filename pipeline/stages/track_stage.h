// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "faces/face_selection.h"
#include "faces/face_tracker.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

struct TrackOptions {
  FaceTrackerOptions tracker;
  FaceSelectionOptions selection;
  bool find_cuts = true;
  bool follow_faces = false;  ///< through frames that the detector does not look at
};

/// What of a film the tracks of a frame depend on, with this look-ahead.
Reach tracks_reach_back(double window_seconds);
Reach tracks_reach_ahead(double window_seconds);

/// Finds shot cuts, follows faces through each shot and says which are to be restored. Holds groups back for the
/// look-ahead window.
LookAhead make_track_stage(const TrackOptions& options, double frames_per_second, std::size_t frames_per_group);

}  // namespace reelface
