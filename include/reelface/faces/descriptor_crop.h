#pragma once

#include "reelface/core/rgb_image.h"
#include "reelface/image/affine.h"

namespace reelface {

/// The part of a face that says who it is: rows 139..465, columns 93..419 of the 512 template, in `size` pixels. Maps
/// the template's pixels to the part's; chain() it behind a face's alignment to cut the part out of a frame.
Affine template_to_descriptor_crop(int size);

/// The same part of a crop that shows the whole template, at whatever size. Averaged where it gets smaller.
RgbImageF descriptor_crop(RgbViewF aligned_crop, int size);

}  // namespace reelface
