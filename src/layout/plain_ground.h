// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace reelface {

/// Where a grey picture, CV_8U, is as light as the ground that its tiles lie on: 255 there, else 0. The ground is as
/// light as most of the rows and columns that have one light from end to end; without any there is none.
cv::Mat plain_ground(const cv::Mat& grey);

/// What the ground leaves, parted along each strip of ground that runs across it, again and again, and without ground
/// at its sides. From the top, then from the left. Empty where there is nothing but ground.
std::vector<cv::Rect> parts_between(const cv::Mat& ground);

}  // namespace reelface
