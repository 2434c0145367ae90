// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/rgb_image.h"
#include "reelface/image/frame.h"

namespace reelface {

/// The picture mirrored and turned as a viewer sees it.
RgbImage8 oriented(RgbImage8 picture, const DisplayOrientation& orientation);

/// A frame's pixels, all of them, in eight bits and turned as a viewer sees them; not stretched where they are not
/// square. The frame must be editable.
RgbImage8 viewed_picture(const Frame& frame);

}  // namespace reelface
