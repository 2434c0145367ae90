// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>

#include "faces/crop_quality.h"
#include "faces/face_strength.h"
#include "people/identity_guard.h"
#include "reelface/restore/face_work.h"

namespace reelface {

/// Decides, frame by frame in order, how strongly each face is restored. What one crop shows is averaged over the last
/// second of its track, so that no decision flickers; nothing older counts. Says as well in which frames it is measured
/// whether the face is still itself.
class FaceAppraisal {
 public:
  FaceAppraisal(const StrengthOptions& options, bool guard_identity)
      : options_(options), guards_identity_(guard_identity) {}

  /// Faces of damaged frames are left alone: what the decoder made up is not to be restored.
  void appraise(FaceWork& work, bool frame_is_damaged);

 private:
  double mean_colour_variance(const FaceJob& face, double time_seconds);

  struct ColourEntry {
    double time_seconds;
    double variance;
  };

  StrengthOptions options_;
  bool guards_identity_;
  IdentitySchedule schedule_;
  CropQualityHistory quality_;
  std::map<std::int64_t, std::deque<ColourEntry>> colour_;
};

}  // namespace reelface
