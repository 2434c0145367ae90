// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/detector/yunet.h"
#include "reelface/core/rgb_image.h"

namespace reelface {

/// The picture scaled to `width` x `height`, in the left top corner of the network's input. Shrinking averages all
/// pixels that fall into one, enlarging interpolates linearly, the same size is a copy.
YunetInput detector_input(const RgbView8& picture, int width, int height);

}  // namespace reelface
