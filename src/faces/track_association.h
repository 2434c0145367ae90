// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "track_piece.h"

namespace reelface {

/// Gives each frame's faces to the pieces they continue. Who continues whom follows from the last third of a second of
/// each piece; that a face returns after a longer absence gives it its old label and nothing else.
class TrackAssociation {
 public:
  TrackAssociation(double longest_gap_seconds, std::int64_t* next_label)
      : longest_gap_seconds_(longest_gap_seconds), next_label_(next_label) {}

  /// Faces of a frame the detector looked at.
  void add(double time_seconds, std::vector<ObservedFace> faces);

  /// Where faces of the last frame given to add() are in a frame not looked at.
  void follow(double time_seconds, const std::vector<FollowedFace>& faces);

  /// Forgets what happened before.
  void forget_before(double time_seconds);

  /// As if nothing had been seen from this time on. Nothing may be added any more.
  void forget_from(double time_seconds);

  const std::vector<TrackPiece>& pieces() const { return pieces_; }

 private:
  struct LostTrack {
    std::int64_t track_id;
    Sighting last;
  };

  bool is_open(const TrackPiece& piece, double time_seconds) const;
  void close_pieces(double time_seconds);
  std::vector<bool> continue_pieces(double time_seconds, const std::vector<ObservedFace>& faces,
                                    const std::vector<std::size_t>& places);
  void recall_label(TrackPiece& piece);

  double longest_gap_seconds_;
  std::int64_t* next_label_;  ///< belongs to the tracker: labels go on over shots
  std::vector<TrackPiece> pieces_;
  std::vector<std::size_t> open_;  ///< which pieces may go on, by index
  std::vector<LostTrack> lost_;
  std::vector<std::int64_t> piece_of_face_;  ///< of the last frame's faces, by their place in it; 0 = none's
  double previous_time_seconds_ = 0;
  bool any_frame_ = false;
};

}  // namespace reelface
