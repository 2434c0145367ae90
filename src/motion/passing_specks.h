#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "reelface/core/rgb_image.h"

namespace reelface {

/// Where the middle picture shows what none of its neighbours does, which lie on it already: CV_32F, 0 = nowhere,
/// 1 = certainly, with a little around it. Fine texture is in all of them, and is none. `pictures` in order of time.
cv::Mat passing_specks(const std::vector<RgbViewF>& pictures, double noise_levels);

}  // namespace reelface
