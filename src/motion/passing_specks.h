// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "reelface/core/rgb_image.h"

namespace reelface {

/// Where the middle picture shows what none of its neighbours does, which lie on it already: CV_32F, 0 = nowhere,
/// 1 = certainly, with a little around it. Fine texture is in all of them, and is none. `pictures` in order of time.
cv::Mat passing_specks(const std::vector<RgbViewF>& pictures, double noise_levels);

/// Where the middle one alone shows something, and something small: 255, with so many pixels around it, else 0. What is
/// larger than dirt moves. `lumas` (CV_32F, 0..1) in one light and in order of time; `variance` of noise at each pixel.
cv::Mat small_specks(const std::vector<cv::Mat>& lumas, const cv::Mat& variance, int around);

}  // namespace reelface
