// SPDX-License-Identifier: Apache-2.0
#include "people/view_score.h"

#include <cmath>

#include "core/smooth_step.h"
#include "faces/face_strength.h"

namespace reelface {
namespace {

/// From here on a face gives the descriptor all it can use.
constexpr double kLargeFacePx = 160;

}  // namespace

double view_score(const TrackedFace& face) {
  if (face.interpolated) return 0;  // its points are guessed
  const double large = std::sqrt(std::min(1.0, face.size_px / kLargeFacePx));
  const double turned = std::abs(estimated_yaw_degrees(face.alignment.template_points));
  const double frontal = 1 - 0.8 * smooth_step(10, 60, turned);
  const double sure = smooth_step(0.3, 0.9, face.confidence);
  return large * frontal * sure * (0.5 + 0.5 * face.fade);
}

}  // namespace reelface
