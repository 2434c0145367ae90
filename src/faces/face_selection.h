// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>

#include "faces/face_tracker.h"

namespace reelface {

enum class FaceSelectionMode {
  kMany,  ///< every face
  kOne,   ///< the face that the picture is about: large and near the middle
  kLargest
};

struct FaceSelectionOptions {
  FaceSelectionMode mode = FaceSelectionMode::kMany;
  double min_face_px = 0;    ///< smaller ones are never chosen
  double max_face_px = 0;    ///< nor larger ones; 0 = no limit
  double picture_width = 0;  ///< for kOne
  double picture_height = 0;
};

/// Says which faces are restored, as TrackedFace::selection. Where the choice passes from one face to another, both
/// change over a quarter of a second; at a cut at once. Memory: that quarter second. One owner, frames in order.
class FaceSelector {
 public:
  explicit FaceSelector(FaceSelectionOptions options = {}) : options_(options) {}

  void select(FrameTracks& tracks);

 private:
  struct Choice {
    double time_seconds;
    std::int64_t piece_id;  ///< 0 = nobody
  };

  bool is_candidate(const TrackedFace& face) const;
  double prominence(const TrackedFace& face) const;
  std::int64_t chosen_of(const FrameTracks& tracks) const;

  FaceSelectionOptions options_;
  std::deque<Choice> choices_;
};

}  // namespace reelface
