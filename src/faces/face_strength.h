// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "reelface/faces/face_measures.h"
#include "reelface/faces/tracked_face.h"

namespace reelface {

struct StrengthOptions {
  double user = 1;          ///< --strength / 100
  double min_face_px = 24;  ///< smaller faces are left alone; the ramp is from 15 % below to 15 % above
  double max_face_px = 0;   ///< larger ones are too, with the same ramp; 0 = no limit
  double doubtful_score =
      0.62;                 ///< smoothed score at which a face is left alone; a little below the detector's threshold
  double sure_score = 0.8;  ///< from here on it counts as a face beyond doubt
  double clear_doubtful_score = 0.74;  ///< both for large faces without noise, which the detector is sure of
  double clear_sure_score = 0.82;
  double sharp_from = 0.38;  ///< sharpness at which a clean face begins to need less,
  double sharp_to = 0.6;     ///< and at which it needs nothing
  double without_noise = 1;  ///< share of the restoration that is used where there is no noise to take away
};

/// Pure. `quality` is the history's mean, not one frame's measurement.
StrengthFactors face_strength(const TrackedFace& face, const CropQuality& quality, const StrengthOptions& options = {});

/// Turn of the head estimated from the smoothed points in the 512 crop, in degrees; 0 = frontal, sign = direction.
double estimated_yaw_degrees(const std::array<Point, 5>& template_points);

}  // namespace reelface
