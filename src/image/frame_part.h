#pragma once

#include "reelface/image/frame.h"

namespace reelface {

/// A part of a frame as a frame of its own that shares the samples: to be looked at, not changed. Every plane must have
/// a sample where it begins.
Frame frame_part(const Frame& frame, const PictureArea& area);

/// The middle of a frame, at most so large.
Frame middle_part(const Frame& frame, int most_width, int most_height);

}  // namespace reelface
