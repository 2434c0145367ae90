// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "reelface/image/frame.h"
#include "reelface/media/canvas.h"

namespace reelface {

/// Whether two display aspects are one. Sizes are whole numbers and often multiples of 16, so shapes that are meant to
/// be one differ a little.
bool is_one_shape(double aspect, double other);

/// Width over height as a viewer sees it.
double display_aspect(int width, int height, Rational sample_aspect_ratio);

/// The same of pictures as they are turned to be shown like the film.
double display_aspect(const PictureStretch& stretch);

/// In how large steps a picture can be moved about in a format, so that every plane's samples stay whole.
struct SampleSteps {
  int x = 1;
  int y = 1;
};
SampleSteps sample_steps(int libav_pixel_format);

/// Where a picture of this display aspect stands on a canvas: all of it if their shapes are one, else as large as fits,
/// in the middle.
PictureArea area_on(const Canvas& canvas, double aspect, SampleSteps steps);

/// The one size for these stretches, none of which may be empty. kSize is not asked for here.
Canvas canvas_for(CanvasRule rule, const std::vector<PictureStretch>& stretches);

/// What was asked for as a viewer counts, in the stored samples of a film that is shown like this.
Canvas canvas_of_size(const CanvasChoice& choice, const DisplayOrientation& orientation);

}  // namespace reelface
