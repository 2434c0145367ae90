// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/face_enhancer.h"

namespace reelface {

/// The middle picture's row `row` of 2x2 squares enlarged twice (bicubic, a = -0.75, centres of pixels, edges
/// repeated), which makes four rows, and the correction to them, `channels` numbers for each square of which the first
/// 48 count (colour * 16 + 4 * row + column, of -1..1), into `enlarged`.
void add_enlarged_correction(const RgbViewF& middle, int row, const float* correction, int channels,
                             RgbImageF& enlarged);

}  // namespace reelface
