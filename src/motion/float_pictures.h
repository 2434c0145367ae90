// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace reelface {

/// A picture at another size: averaged over areas where that is smaller, else interpolated. Of that size already: the
/// same pixels, not a copy.
cv::Mat resized_to(const cv::Mat& picture, cv::Size size, int interpolation = cv::INTER_LINEAR);

cv::Mat blurred(const cv::Mat& picture, double sigma);

/// Over the three channels together: a change of hue alone is a difference too.
cv::Mat squared_distance(const cv::Mat& first, const cv::Mat& second);

}  // namespace reelface
