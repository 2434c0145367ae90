// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "reelface/core/face.h"
#include "reelface/faces/similarity.h"

namespace reelface {

/// What a face looks like, small: grey, aligned by its points, brightness and contrast taken out (mean 0, length 1).
struct FaceThumbnail {
  static constexpr int kSide = 16;
  std::array<float, std::size_t{kSide} * kSide> values{};
};

struct TimedFace {
  double time_seconds = 0;
  Face face;
};

struct ObservedFace {
  Face face;                               ///< in the frame's own pixels (not the detection copy's)
  std::optional<FaceThumbnail> thumbnail;  ///< helps where faces cross; may be absent
  std::vector<TimedFace> behind{};         ///< where it was in frames before that were not looked at, latest first
};

/// Where a face of the last frame looked at is in one that was not.
struct FollowedFace {
  std::size_t of = 0;  ///< its place among that frame's faces
  Face face;
};

struct SmoothedAlignment {
  Similarity to_template;                ///< frame → 512 crop
  std::array<Point, 5> template_points;  ///< the face's own points in that crop, smoothed: its shape and pose
  double residual_px = 0;  ///< rms distance of the points at this time from their targets, in the 512 crop
};

/// One face in one frame, with everything the later stages need.
struct TrackedFace {
  std::int64_t track_id = 0;  ///< a person's place in this shot; a label only: pixels must never depend on its value
  std::int64_t piece_id =
      0;      ///< an unbroken stretch of a track; state in time belongs to it and dies with it. A label too
  Face face;  ///< as detected, or from the sightings around it
  bool interpolated = false;
  SmoothedAlignment alignment;
  double size_px = 0;     ///< smoothed √(width·height) of the box
  double confidence = 0;  ///< smoothed detector score, less where the face was missed in every other frame or more
  double fade = 1;        ///< 0..1, rises and falls smoothly where a face appears or leaves within a shot
  double selection = 1;   ///< 0..1, set by FaceSelector
};

struct FrameTracks {
  std::int64_t frame_index = 0;
  double time_seconds = 0;
  bool starts_shot = false;
  std::vector<TrackedFace> faces;  ///< smaller (farther) faces first, so that nearer ones are pasted over them
};

}  // namespace reelface
