// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "reelface/faces/tracked_face.h"

namespace reelface {

/// What is known of one frame before tracking. Frames come in display order, times rising.
struct FrameObservation {
  std::int64_t frame_index = 0;
  double time_seconds = 0;  ///< from the time stamp, absolute: the same in every part of a film
  bool starts_shot = false;
  bool detected = true;  ///< false: the detector did not look at this frame (--detect-every)
  std::vector<ObservedFace> faces;
  std::vector<FollowedFace> followed{};  ///< in a frame not looked at
};

struct FaceTrackerOptions {
  double window_seconds =
      0.5;  ///< look-ahead; smoothing uses half of it to either side. 0 = no look-ahead, no smoothing
  double longest_gap_seconds = 0.5;
  int sightings_needed = 3;    ///< within half a second to either side; fewer where fewer frames were looked at
  double lone_score = 0.8;     ///< a face seen in one of only two frames must be this sure
  int most_frames_held = 120;  ///< bound for files whose times stand still; the look-ahead is cut short there
};

class TrackedShot;

/// Turns detections into smooth tracks. A shot ends where the pictures change, and also where every face becomes
/// somebody else from one frame to the next: when small faces stand before the same ground, only they show the cut.
/// Streaming: frames go in one by one and come out in the same order, complete, once the look-ahead window is full, the
/// shot has ended, or flush() was called.
///
/// Finite memory: the result for a frame at time t depends on observations within [t − 2 s, t + window_seconds] of the
/// same shot only (labels aside), so a part of a film that is fed from 2 s before its first frame to window_seconds
/// behind its last gives the same numbers as the whole. Gaps within a piece are filled by interpolation only where the
/// face is seen again within the window. A gap of more than half the window lets the fade sag a little: less is known.
///
/// With --detect-every N, a face in a frame between is where FaceFollower followed it to; where it could not be
/// followed, it is on the straight line between two sightings.
///
/// Thread-safety: none; one owner, frames in order.
class FaceTracker {
 public:
  explicit FaceTracker(FaceTrackerOptions options = {});
  /// With labels that no other tracker gives: they count on from this number together.
  FaceTracker(FaceTrackerOptions options, std::shared_ptr<std::int64_t> next_label);
  ~FaceTracker();
  FaceTracker(FaceTracker&&) noexcept;
  FaceTracker& operator=(FaceTracker&&) noexcept;

  /// The frames that are now complete, oldest first; often one, sometimes none, at a cut many.
  std::vector<FrameTracks> push(FrameObservation observation);

  /// All frames still held. The next push() starts a new shot.
  std::vector<FrameTracks> flush();

 private:
  void end_shot_where_everybody_changes(bool is_all, std::vector<FrameTracks>& complete);

  FaceTrackerOptions options_;
  std::shared_ptr<std::int64_t> next_label_;
  std::unique_ptr<TrackedShot> shot_;
};

}  // namespace reelface
