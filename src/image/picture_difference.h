// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/rgb_image.h"
#include "reelface/image/frame.h"

namespace reelface {

/// Adds `after` - `before` times `strength` to the whole frame, in the frame's own format and grid: nothing is
/// converted forth and back, so where both are equal every sample stays bit for bit. Chroma takes the mean of the
/// difference around its place. Where `before` has no colour, none is given. Rounding, range and sharing are those of
/// paste(). Both pictures have the frame's size.
void add_difference(Frame& frame, RgbViewF before, RgbViewF after, float strength);

}  // namespace reelface
