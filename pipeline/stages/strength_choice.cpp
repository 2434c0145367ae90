// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/strength_choice.h"

#include <algorithm>

namespace reelface {
namespace {

constexpr double kDoubtMargin = 0.03;  // faces just above the detector's threshold are restored less, not never

/// A restorer that sees neighbouring frames can tell noise from detail, and removes all of the noise. To faces without
/// noise it adds the right kind of detail but too much of it: on clips with a quarter of their detail, half of it gives
/// a better PSNR, and clips with half their detail gain nothing.
void be_careful_with_clean_faces(StrengthOptions& strength) {
  strength.sharp_from = 0.22;
  strength.sharp_to = 0.42;
  strength.without_noise = 0.5;
}

}  // namespace

StrengthOptions strength_options(const RestoreOptions& options, const ModelTraits& model) {
  StrengthOptions strength;
  strength.user = options.model.strength_percent / 100;
  strength.min_face_px = options.faces.smallest_face();
  strength.max_face_px = options.faces.max_face_pixels;
  if (model.sees_neighbours()) be_careful_with_clean_faces(strength);
  // Where nothing is invented, a doubtful face costs little when it is none; and in strong noise every face is
  // doubtful.
  if (model.sees_neighbours() && !model.invents) strength.sure_score = 0.74;
  strength.doubtful_score = std::min(strength.doubtful_score, options.faces.detector_score - kDoubtMargin);
  if (options.faces.detector_score < FaceOptions().detector_score) {  // doubtful faces are wanted
    strength.clear_doubtful_score = strength.doubtful_score;
    strength.clear_sure_score = strength.sure_score;
  }
  return strength;
}

}  // namespace reelface
