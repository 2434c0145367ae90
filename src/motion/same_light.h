// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace reelface {

/// `there` in the light of `here`: with the gain and offset that most samples agree on. Films flicker. What moves by
/// itself does not matter. Both CV_32F, 0..1, of one size.
cv::Mat in_the_light_of(const cv::Mat& here, const cv::Mat& there);

}  // namespace reelface
