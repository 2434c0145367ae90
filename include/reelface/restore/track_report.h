// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace reelface {

/// Whether a face stayed the same person: means over the frames in which that was measured.
struct IdentityReport {
  std::int64_t measured = 0;   ///< frames; 0: nothing else here is known
  double distance_before = 0;  ///< of the restored face from the input, before the guard
  double distance_after = 0;   ///< with as much of the restoration as the guard let through
  double expected = 0;         ///< what a poor input explains
  double strength = 1;         ///< the guard's, over all frames
};

/// How bright the skin of a track is, 0..1, on average.
struct LightReport {
  std::int64_t measured = 0;  ///< frames
  double before = 0;
  double after = 0;
};

/// What happened to one face through one shot.
struct TrackReport {
  std::int64_t id = 0;
  std::int64_t first_frame = 0;
  std::int64_t last_frame = 0;
  std::int64_t frames = 0;        ///< frames it was seen or bridged in
  std::int64_t interpolated = 0;  ///< of those, bridged between sightings
  std::int64_t restored = 0;
  std::int64_t failed = 0;                        ///< the network gave no picture: passed on as it was
  std::map<std::string, std::int64_t> held_back;  ///< frames by what lowered the strength most: size, pose, need, …
  double mean_strength = 0;
  IdentityReport identity;
  LightReport light;
  double mean_size_px = 0;
  double residual_px = 0;            ///< rms distance of the points from the template after smoothing, in the 512 crop
  double jitter_before_percent = 0;  ///< rms second difference of the detected centre, in percent of the face's size
  double jitter_after_percent = 0;   ///< the same of the smoothed centre
};

/// Faces, counted anew in every frame, and what happened to them: adds up over tracks, and over parts of a film.
struct FaceCount {
  std::int64_t seen = 0;
  std::int64_t restored = 0;
  std::int64_t failed = 0;                        ///< the network gave no picture
  std::map<std::string, std::int64_t> held_back;  ///< by what lowered the strength most, as in a track's report

  FaceCount& operator+=(const FaceCount& other);
};

FaceCount faces_of(const std::vector<TrackReport>& tracks);

/// How many faces the network gave no picture of, for people; empty if there are none.
std::string failed_faces_text(const FaceCount& faces);

}  // namespace reelface
