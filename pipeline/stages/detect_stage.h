#pragma once

#include <memory>

#include "reelface/inference/face_detector.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// Longer side of the small copy that faces and cuts are found on.
inline constexpr int kDetectionLongSide = 640;

struct DetectOptions {
  int long_side = kDetectionLongSide;
  int detect_every = 1;  ///< look at every Nth frame, counted from the film's first
};

/// Finds the faces of every frame on a small copy, all frames of a group in one call.
Stage make_detect_stage(std::shared_ptr<const FaceDetector> detector, const DetectOptions& options);

}  // namespace reelface
