// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "reelface/image/affine.h"
#include "reelface/image/frame.h"
#include "reelface/image/mask_image.h"

namespace reelface {

/// Takes the weight from all of a mask that lies outside this part of the frame, so that no sample there changes: what
/// is beyond a picture's edge is no part of the face.
void keep_mask_within(const PictureArea& area, const Affine& frame_to_mask, MaskImage& mask);

/// Likewise from all of it that lies inside an area: CV_8U, as large as the frame, 255 where it holds. Whether anything
/// is left of the mask.
bool keep_mask_out_of(const cv::Mat& area, const Affine& frame_to_mask, MaskImage& mask);

}  // namespace reelface
