// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pipeline/restore/provenance.h"
#include "reelface/pipeline/frame_group.h"

namespace reelface {

/// A rectangle of stored samples of the picture as it was read: luma, whole samples, within the picture.
struct SampleArea {
  int left = 0, top = 0, right = 0, bottom = 0;  ///< the last two lie just outside

  bool is_empty() const { return left >= right || top >= bottom; }
  void include(const SampleArea& other);
};

struct FaceChange {
  SampleArea area;  ///< outside of it the face's restoration has changed nothing
  double weakest = 1, strongest = 0;

  void include(const FaceChange& other);
};

/// What was done to a frame or to several, and where.
struct FrameChanges {
  std::set<std::string> whole;               ///< what may have changed all of the picture: "steadied"
  std::map<std::int64_t, FaceChange> faces;  ///< by track
  std::int64_t repairs = 0;
  std::int64_t repaired_samples = 0;
  SampleArea repaired;

  bool any() const { return !whole.empty() || !faces.empty() || repairs > 0; }
  bool are_alike(const FrameChanges& other) const;
  void include(const FrameChanges& other);
};

/// Consecutive frames to which the same was done.
struct ChangedStretch {
  std::int64_t first_frame = 0, last_frame = 0;  ///< counted from 0 where reading began
  double from_seconds = 0, to_seconds = 0;       ///< times of these two frames, of the output
  FrameChanges changes;
};

/// Of a frame that is about to be enlarged and to get its faces back.
FrameChanges changes_of(const FrameJob& job, const Provenance& provenance);

bool begins_shot(const FrameJob& job);

/// Joins frames into stretches: until something else is done, a shot ends or a second has passed. Holds no more than
/// one of them.
class ChangedStretches {
 public:
  /// In order. The stretch that has ended with this frame, if one has.
  std::optional<ChangedStretch> add(std::int64_t frame, double seconds, bool starts_shot, const FrameChanges& changes);
  std::optional<ChangedStretch> finish();

 private:
  std::optional<ChangedStretch> open_;
};

}  // namespace reelface
