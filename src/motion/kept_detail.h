// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "image/grain.h"
#include "reelface/core/rgb_image.h"

namespace reelface {

/// Gives a cleaned picture back the fine texture that cleaning took for noise: what the pictures of its window, which
/// lie on it, show in common beyond what their noise explains. `pictures` in order of time; `noise`: of one of them;
/// `noise_share`: how much of its variance their mean still has, at each pixel.
void give_detail_back(const std::vector<RgbViewF>& pictures, const GrainModel& noise, const cv::Mat& noise_share,
                      RgbImageF& cleaned);

}  // namespace reelface
