// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "film/defects.h"

namespace reelface {

/// A frame and those beside it, grey; and what motion is looked for on.
struct FrameBetween {
  cv::Mat now, before, behind;
  cv::Mat small_before, small_behind;  ///< film_motion_picture()
  int offset_before = -1, offset_behind = 1;
};

/// Whether it is worth looking: much is in this frame only, however it moved. Cheap beside the matching.
bool may_have_large_defects(const MatchedFrames& frames);

/// Finds damage that covers much of a single frame: burns, stains, pieces that are torn out; and what is small besides.
/// Motion cannot be followed into it, so the two frames beside it are matched with each other, and have to agree on
/// what it hides. What glows softly is a flash, and what the frames beside it have somewhere else moves. No defects,
/// small or large, if there is no large one.
DefectSearch find_large_defects(const FrameBetween& frames, const DefectOptions& options);

}  // namespace reelface
