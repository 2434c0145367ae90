// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <opencv2/core.hpp>
#include <vector>

#include "degrade/degrader.h"
#include "support/test_pattern.h"

namespace reelface::testing {

inline RgbImageF flat_picture(int width, int height, float value) {
  RgbImageF picture(width, height);
  std::fill(picture.samples.begin(), picture.samples.end(), value);
  return picture;
}

/// A colourful picture, moved by (dx, dy).
inline RgbImageF pattern_picture(int width, int height, double dx = 0, double dy = 0) {
  RgbImageF picture(width, height);
  for (std::uint32_t channel = 0; channel < 3; ++channel) {
    const std::vector<float> plane = TestPattern(channel + 21).plane(width, height, dx, dy);
    for (std::size_t i = 0; i < plane.size(); ++i) picture.samples[3 * i + channel] = plane[i];
  }
  return picture;
}

inline cv::Mat as_matrix(const RgbImageF& picture) {
  return cv::Mat(picture.height, picture.width, CV_32FC3, const_cast<float*>(picture.samples.data()));
}

inline RgbImageF degraded(const RgbImageF& picture, const std::function<void(DegradeRecipe&)>& fill,
                          std::int64_t frame = 0) {
  DegradeRecipe recipe;
  fill(recipe);
  return Degrader(recipe, picture.width, picture.height).apply(picture.view(), frame);
}

struct ChannelStatistics {
  double mean[3], sigma[3];
};

inline ChannelStatistics statistics_of(const cv::Mat& picture) {
  cv::Scalar mean, sigma;
  cv::meanStdDev(picture, mean, sigma);
  return {{mean[0], mean[1], mean[2]}, {sigma[0], sigma[1], sigma[2]}};
}

/// Correlation of two single-channel pictures.
inline double correlation(const cv::Mat& left, const cv::Mat& right) {
  cv::Scalar ml, sl, mr, sr;
  cv::meanStdDev(left, ml, sl);
  cv::meanStdDev(right, mr, sr);
  return cv::mean((left - ml).mul(right - mr))[0] / (sl[0] * sr[0]);
}

inline cv::Mat channel_of(const RgbImageF& picture, int channel) {
  cv::Mat result;
  cv::extractChannel(as_matrix(picture), result, channel);
  return result;
}

}  // namespace reelface::testing
