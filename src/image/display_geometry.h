// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/image/affine.h"
#include "reelface/image/frame.h"

namespace reelface {

/// Size of the picture as a viewer sees it, in square pixels: pixel aspect applied to the width, then turned.
struct DisplaySize {
  double width = 0;
  double height = 0;
};

DisplaySize display_size(const FrameFacts& facts);

/// Stored (coded) coordinates to what a viewer sees: square pixels, mirrored and turned. Geometry of faces is done
/// there; chain(coded_to_display(facts), similarity) is what extract_crop() and paste() want.
Affine coded_to_display(const FrameFacts& facts);

/// Mirrors and turns a picture of the given size.
Affine turn(double width, double height, const DisplayOrientation& orientation);

/// Width of a pixel over its height; 1 where the file does not say, or says nonsense.
double pixel_aspect(const FrameFacts& facts);

}  // namespace reelface
