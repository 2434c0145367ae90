// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/rgb_image.h"
#include "reelface/image/affine.h"

namespace reelface {

/// The part of a face that says who it is: rows 139..465, columns 93..419 of the 512 template, in `size` pixels. Maps
/// the template's pixels to the part's; chain() it behind a face's alignment to cut the part out of a frame.
Affine template_to_descriptor_crop(int size);

/// The same part of a crop that shows the whole template, at whatever size. Averaged where it gets smaller.
RgbImageF descriptor_crop(RgbViewF aligned_crop, int size);

/// Such a part as it would be if the face had been only so many pixels large, blurred by a Gaussian of `blur_px` of
/// those pixels: what is finer is gone. Never made larger.
RgbImageF seen_small(const RgbImageF& part, double face_size_px, double blur_px = 0);

/// How large a face is, as the detector's boxes measure it, of which this part has `width` pixels.
double face_size_of_part(int width);

}  // namespace reelface
