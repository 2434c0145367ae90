// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "inference/face_detector.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// Longer side of the small copy that cuts are found on, and faces unless smaller ones are asked for.
inline constexpr int kDetectionLongSide = 640;

/// How large the copy must be for faces of `min_face_px` in the picture to be found.
int detection_long_side(double display_long_side, double min_face_px);

struct DetectOptions {
  int long_side = kDetectionLongSide;  ///< of the copy that faces are found on
  int detect_every = 1;                ///< look at every Nth frame, counted from the film's first
};

/// Finds the faces of every frame on a small copy.
Stage make_detect_stage(std::shared_ptr<const FaceDetector> detector, const DetectOptions& options);

}  // namespace reelface
