#pragma once

#include <opencv2/core.hpp>

#include "reelface/core/rgb_image.h"

namespace reelface {

/// Leaves of a picture, at each pixel, this share (CV_32F, 0..1) of what it has beyond `before`. All of one size.
void keep_share(const cv::Mat& share, RgbViewF before, RgbImageF& picture);

}  // namespace reelface
