// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "face_change.h"
#include "faces/alignment_smoother.h"
#include "track_association.h"

namespace reelface {

/// The frames of one shot on their way through the look-ahead window.
class TrackedShot {
 public:
  TrackedShot(const FaceTrackerOptions& options, std::int64_t* next_label);

  void add(FrameObservation observation);

  /// Where everybody has become somebody else the shot ends, and what it was given from there on comes back as another
  /// shot's; nothing where it goes on. To be asked after each frame, before take_complete(). `is_all`: nothing follows.
  std::vector<FrameObservation> take_from_change(bool is_all);

  std::vector<FrameTracks> take_complete();
  std::vector<FrameTracks> take_all();

 private:
  struct SeenFrame {
    std::int64_t frame_index;
    double time_seconds;
    bool starts_shot;
    bool detected;
    FacesOfFrame faces;
    std::vector<FollowedFace> followed{};
  };
  struct Evidence {
    int sightings = 0;
    int chances = 0;
    double scores = 0;
  };

  FrameTracks take_first();
  bool changes_at(std::size_t place) const;
  std::size_t looked_at_from(std::size_t place) const;
  std::vector<FrameObservation> cut_off_from(std::size_t place);
  std::optional<TrackedFace> tracked_face(const TrackPiece& piece, const SeenFrame& frame) const;
  Evidence evidence(const TrackPiece& piece, double from_seconds, double to_seconds, double known_until_seconds) const;
  bool is_believed(const TrackPiece& piece, double time_seconds, double known_until_seconds) const;
  double fade_at(const TrackPiece& piece, double time_seconds, double known_until_seconds) const;
  void forget_before(double time_seconds);

  FaceTrackerOptions options_;
  std::array<Point, 5> targets_;
  AlignmentOptions alignment_;
  TrackAssociation association_;
  std::deque<SeenFrame> frames_;  ///< a second of released frames, then those not released
  std::size_t released_ = 0;      ///< how many of frames_ are
  std::int64_t examined_ = -1;    ///< the last frame known not to change everybody
};

}  // namespace reelface
