#pragma once

#include "reelface/image/frame.h"

namespace reelface {

/// The middle of a frame, at most so large, as a frame of its own that shares the samples: to be looked at, not
/// changed.
Frame middle_part(const Frame& frame, int most_width, int most_height);

}  // namespace reelface
