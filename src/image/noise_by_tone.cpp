// SPDX-License-Identifier: Apache-2.0
#include "image/noise_by_tone.h"

#include <algorithm>

namespace reelface {
namespace {

/// By straight lines between the tones that it is known of.
float sigma_at(const GrainModel& noise, float tone) {
  constexpr float kLast = GrainModel::kLevels - 1;
  const float place = std::clamp(tone * GrainModel::kLevels - 0.5F, 0.0F, kLast);
  const int below = std::min(static_cast<int>(place), GrainModel::kLevels - 2);
  const float part = place - static_cast<float>(below);
  return noise.sigma[below] + part * (noise.sigma[below + 1] - noise.sigma[below]);
}

}  // namespace

cv::Mat variance_by_tone(const GrainModel& noise, const cv::Mat& luma) {
  cv::Mat variance(luma.size(), CV_32F);
  for (int y = 0; y < luma.rows; ++y) {
    const auto* tone = luma.ptr<float>(y);
    auto* const row = variance.ptr<float>(y);
    for (int x = 0; x < luma.cols; ++x) {
      const float sigma = sigma_at(noise, tone[x]);
      row[x] = sigma * sigma;
    }
  }
  return variance;
}

}  // namespace reelface
