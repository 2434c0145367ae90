// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "faces/face_tracker.h"

namespace reelface {

/// How well a face can be recognized here, as far as its place tells: large, frontal, surely a face, not fading. 0..1.
double view_score(const TrackedFace& face);

}  // namespace reelface
