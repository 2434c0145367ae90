// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "reelface/core/rgb_image.h"

namespace reelface {

/// Takes `picture` back towards `before`: at each pixel this share (CV_32F, 0..1) of their difference is left. All
/// have one size.
void keep_share(const cv::Mat& share, RgbViewF before, RgbImageF& picture);

}  // namespace reelface
