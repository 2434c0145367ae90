// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/rgb_image.h"
#include "reelface/image/frame.h"

namespace reelface {

// Whole frames as RGB, for measuring and for making test clips. The restoration itself never does this: it touches
// faces only.

/// RGB 0..1 (not clamped) in the frame's own transfer, chroma interpolated from where it sits. Stored orientation.
RgbImageF frame_picture(const Frame& frame);

/// Writes RGB into the frame's own format; values are clamped to 0..1, chroma is averaged onto its grid, alpha stays.
/// The frame must be writable and have the picture's size.
void store_picture(Frame& frame, RgbViewF picture);

}  // namespace reelface
