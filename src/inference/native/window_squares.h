// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/face_enhancer.h"

namespace reelface {

/// A window network works at half the size of its crops: the pixels of a 2x2 square lie behind each other as channels,
/// (crop * 3 + colour) * 4 + 2 * row + column, values -1..1.

/// Row `row` of squares of all crops of a window into `to`, `channels` numbers for each square. Those beyond the
/// window's are left as they are.
void take_squares(const CropWindow& window, int row, int channels, float* to);

/// The middle crop's row `row` of squares and the correction to it, `channels` numbers for each square of which the
/// first twelve count, into `restored`.
void add_correction(const RgbViewF& middle, int row, const float* correction, int channels, RgbImageF& restored);

}  // namespace reelface
