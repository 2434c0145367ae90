// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "reelface/core/rgb_image.h"

namespace reelface {

/// A rectangle of whole pixels.
struct PixelBox {
  int left = 0, top = 0, right = 0, bottom = 0;  ///< the last two lie just outside
};

/// How a picture is lit, in its own transfer, 0..1.
struct SceneLight {
  double white = 1;              ///< what is brightest in it; two samples in a hundred are brighter
  double red = 0;                ///< how far greys lean: logarithms of red over green …
  double blue = 0;               ///< … and of blue over green; 0 where there are no greys to tell
  double brightest_channel = 0;  ///< like `white`, of the brightest of each pixel's three
};

/// Of the part of a small picture that lies in the box. The cast is that of bright greys beside the heads: skin in warm
/// light is as grey as a wall in cold light. Pure.
SceneLight measure_scene_light(RgbView8 picture, const PixelBox& box, const std::vector<PixelBox>& heads);

/// How bright the skin of an aligned face is, 0..1: the median over nose and cheeks. Pure.
double measure_skin(RgbViewF crop);

/// The size of such a crop.
inline constexpr int kSkinCrop = 64;

}  // namespace reelface
