// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "image/grain.h"

namespace reelface {

/// The variance of noise at each pixel, by its tone. `luma` CV_32F, 0..1.
cv::Mat variance_by_tone(const GrainModel& noise, const cv::Mat& luma);

}  // namespace reelface
