// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "faces/face_tracker.h"
#include "reelface/core/face.h"

namespace reelface {

/// √(width·height) of a face's box.
double face_size(const Face& face);
Point face_centre(const Face& face);

/// Finite numbers, and a box and points of some extent: everything else would poison what is computed from it.
bool is_plausible(const Face& face);

struct Sighting {
  double time_seconds = 0;
  Face face;
  std::optional<FaceThumbnail> thumbnail;
  std::vector<TimedFace> behind{};  ///< where it was followed to in the frames before, not looked at; latest first
  std::vector<TimedFace> ahead{};   ///< and in those after; earliest first
  int missed_before = 0;            ///< frames that were looked at in vain since the sighting before
};

struct BridgedFace {
  Face face;
  bool followed = false;  ///< by the pictures; else on the line between the sightings
};

/// The face between two sightings.
BridgedFace face_between(const Sighting& before, const Sighting& after, double time_seconds);

/// An unbroken stretch of one track: its sightings, oldest first, kept for a second or two.
class TrackPiece {
 public:
  TrackPiece(std::int64_t track_id, std::int64_t piece_id, Sighting first);

  std::int64_t track_id() const { return track_id_; }
  std::int64_t piece_id() const { return piece_id_; }
  const std::deque<Sighting>& sightings() const { return sightings_; }
  const Sighting& last() const { return sightings_.back(); }

  void add(Sighting sighting);

  /// Where the face of the last sighting is in a frame not looked at.
  void add_followed(TimedFace face) { sightings_.back().ahead.push_back(face); }

  /// A frame was looked at and the face not found.
  void miss() { ++missed_; }

  /// Sightings ever; stops counting at kProven.
  int proof() const { return proof_; }
  static constexpr int kProven = 3;

  /// The label of a track that turns out to have returned.
  void rename(std::int64_t track_id) { track_id_ = track_id; }

  /// Forgets sightings before this time, but never the last of those: a gap may reach over it.
  void forget_before(double time_seconds);

  /// Forgets sightings from this time on. Whether any is left.
  bool forget_from(double time_seconds);

  /// How unlike the continuation of this piece the face is: 0 = certain. Nothing if it cannot be.
  std::optional<double> unlikeness(const ObservedFace& observed, double time_seconds) const;

  struct Present {
    Face face;
    bool interpolated = false;
    bool followed = false;  ///< interpolated with the help of the pictures
  };
  /// The face at this time as far as known at `known_until_seconds`.
  std::optional<Present> at(double time_seconds, double known_until_seconds) const;

 private:
  Point predicted_centre(double time_seconds) const;
  double unlike_looks(const ObservedFace& observed) const;
  /// Beyond the first or the last sighting, as far as the pictures were followed.
  static std::optional<Present> followed_at(const std::vector<TimedFace>& way, double time_seconds);
  bool is_bridge(std::size_t after, double known_until_seconds) const;

  std::int64_t track_id_, piece_id_;
  int missed_ = 0;
  int proof_ = 1;
  std::deque<Sighting> sightings_;
};

}  // namespace reelface
