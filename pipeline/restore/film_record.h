// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/pipeline/frame_group.h"

namespace reelface {

/// What was done to the whole of one frame, faces aside.
struct FrameRecord {
  bool starts_shot = false;
  double moved = 0;     ///< pixels that it was moved to stand still
  double light = 0;     ///< per cent that it was too bright; below 0, too dark
  double repaired = 0;  ///< share of its samples, 0..1
  int repairs = 0;
  double cleaned = 0;  ///< how much of its noise was taken out, 0..1
};

/// Of a frame behind the steps for whole pictures.
FrameRecord record_of(const FrameJob& job);

/// The frame as it is now, enlarged or not, with what was repaired in red. Needs the original.
Frame with_repairs_in_red(const FrameJob& job);

}  // namespace reelface
