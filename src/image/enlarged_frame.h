// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/resized_frame.h"

namespace reelface {

/// A frame enlarged by its own samples, and what a network knows beyond that added in the frame's own format:
/// `enlarged` less `once`, which is the same picture before it was enlarged. So what `frame` has and `once` has not,
/// such as its grain, comes out enlarged as well. `enlarged` may be smaller or larger than the result.
Frame enlarged_frame(const Frame& frame, const RgbViewF& once, const RgbViewF& enlarged, FrameSize size);

}  // namespace reelface
