// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/measure/sample_plane.h"

namespace reelface {

/// A colour in CIE 1976 L*a*b*, white point D65.
struct LabColour {
  double lightness = 0;
  double a = 0;
  double b = 0;
};

/// sRGB components 0..1 (not linear light); values outside are clamped.
LabColour lab_from_srgb(double red, double green, double blue);

/// How different two colours look: CIEDE2000 with kL = kC = kH = 1. About 1 is just noticeable side by side.
double ciede2000(const LabColour& left, const LabColour& right);

/// Mean CIEDE2000 of two pictures, RGB 0..1 taken as sRGB. `step` measures the middle of every step x step block only:
/// a mean over a film does not need every pixel. Throws Error(kUsage) when the sizes differ or step < 1.
double mean_colour_difference(RgbViewF picture, RgbViewF reference, int step = 1);

}  // namespace reelface
