// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/face_enhancer.h"
#include "inference/layers/upscaler_shape.h"

namespace reelface {

// What lies between pictures and a network that enlarges them.

/// Row `row` of what the network is given: squares of block_side² pixels, colour * block_side² + block_side * row +
/// column, `channels` numbers for each.
void take_blocks(const RgbViewF& picture, int block_side, int row, int channels, float* to);

/// Row `row` of the network's result, `channels` numbers for each pixel, into the enlarged picture.
void put_enlarged_row(const UpscalerShape& shape, const RgbViewF& picture, int row, const float* result, int channels,
                      RgbImageF& enlarged);

}  // namespace reelface
