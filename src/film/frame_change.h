// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <optional>

#include "film/motion_copy.h"
#include "film/tone_change.h"

namespace reelface {

// What happened to the whole picture from one frame to the next. Both copies are of one size. Pure.

/// How far it moved, in samples of the frame; nothing where that cannot be told.
std::optional<cv::Point2d> shift_between(const MotionCopy& before, const MotionCopy& now);

/// How its light changed; nothing where too little corresponds. Also told of flashes and lamps: whoever looks for
/// flicker has to leave out what is too much for it.
std::optional<ToneChange> tone_between(const MotionCopy& before, const MotionCopy& now);

}  // namespace reelface
