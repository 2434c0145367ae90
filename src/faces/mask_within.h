#pragma once

#include "reelface/image/affine.h"
#include "reelface/image/frame.h"
#include "reelface/image/mask_image.h"

namespace reelface {

/// Takes the weight from all of a mask that lies outside this part of the frame, so that no sample there changes: what
/// is beyond a picture's edge is no part of the face.
void keep_mask_within(const PictureArea& area, const Affine& frame_to_mask, MaskImage& mask);

}  // namespace reelface
