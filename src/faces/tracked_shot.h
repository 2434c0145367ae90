#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "track_association.h"

namespace reelface {

/// The frames of one shot on their way through the look-ahead window.
class TrackedShot {
 public:
  TrackedShot(const FaceTrackerOptions& options, std::int64_t* next_label);

  void add(FrameObservation observation);
  std::vector<FrameTracks> take_complete();
  std::vector<FrameTracks> take_all();

 private:
  struct SeenFrame {
    std::int64_t frame_index;
    double time_seconds;
    bool starts_shot;
    bool detected;
  };
  struct Evidence {
    int sightings = 0;
    int chances = 0;
    double scores = 0;
  };

  FrameTracks take_first();
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
};

}  // namespace reelface
