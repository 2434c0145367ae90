// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "pipeline/restore/frame_changes.h"
#include "reelface/restore/restore_video.h"

namespace reelface {

/// Some stretches of a film, seen as one.
struct ChangeTotal {
  std::int64_t first_frame = 0, last_frame = 0;
  double from_seconds = 0, to_seconds = 0;
  std::int64_t frames = 0;

  void include(const ChangedStretch& stretch);
};

struct FaceTotal : ChangeTotal {
  FaceChange change;
};

struct RepairTotal : ChangeTotal {
  std::int64_t repairs = 0, samples = 0;
  SampleArea area;
};

/// What was done in all of a film. Grows with the number of tracks, and with nothing else.
struct ChangeTotals {
  std::map<std::string, ChangeTotal> whole;  ///< by the words of the treatment
  std::map<std::int64_t, FaceTotal> faces;   ///< by track
  RepairTotal repairs;

  void include(const ChangedStretch& stretch);
};

/// Looks on while a film is restored, and tells of each stretch in which something was done.
class ChangeRecorder {
 public:
  using Tell = std::function<void(const ChangedStretch&)>;

  ChangeRecorder(Provenance provenance, Tell tell);

  /// For restore_video(). This object must outlive the run.
  LineEditor editor();

  const ChangeTotals& totals() const { return totals_; }

 private:
  void see(const FrameGroup& group);
  void note(const FrameJob& job, bool starts_shot);
  void pass_on(const std::optional<ChangedStretch>& stretch);

  Provenance provenance_;
  Tell tell_;
  FrameChanges changes_;  ///< of the frame that was seen last, and of those that repeat it
  ChangedStretches stretches_;
  ChangeTotals totals_;
};

}  // namespace reelface
