// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/rgb_image.h"

namespace reelface {

/// Noise of a picture in grey levels, coarse grain included; texture is not mistaken for it. A clean picture has about
/// 1.
double noise_of_picture(const RgbView8& picture);

/// How many pixels of a picture a pixel of its quarter_of() is wide.
inline constexpr int kQuarter = 4;

/// Averages 4 x 4 pixels into one, and their noise away. What is left at right and bottom is dropped.
RgbImage8 quarter_of(const RgbView8& picture);

}  // namespace reelface
