#pragma once

#include <vector>

#include "reelface/core/face.h"
#include "reelface/core/rgb_image.h"

namespace reelface {

/// Noise of a picture in grey levels, coarse grain included; texture is not mistaken for it. A clean picture has about 1.
double noise_of_picture(const RgbView8& picture);

/// Averages 4 x 4 pixels into one, and their noise away. What is left at right and bottom is dropped.
RgbImage8 quarter_of(const RgbView8& picture);

/// Adds the faces found in a quarter to those of the whole picture, where that has none yet.
void add_faces_of_quarter(const std::vector<Face>& of_quarter, std::vector<Face>& faces);

}  // namespace reelface
