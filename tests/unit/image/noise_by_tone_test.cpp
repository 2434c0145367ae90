// SPDX-License-Identifier: Apache-2.0
#include "image/noise_by_tone.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(NoiseByTone, FollowsTheTonesWithoutSteps) {
  GrainModel noise;
  for (int tone = 0; tone < GrainModel::kLevels; ++tone) noise.sigma[tone] = static_cast<float>(tone) / 100;
  const cv::Mat luma = (cv::Mat_<float>(1, 4) << 0, 2.5F / 8, 3.0F / 8, 1);
  const cv::Mat variance = variance_by_tone(noise, luma);
  EXPECT_FLOAT_EQ(variance.at<float>(0), 0);
  EXPECT_FLOAT_EQ(variance.at<float>(1), 0.02F * 0.02F);
  EXPECT_FLOAT_EQ(variance.at<float>(2), 0.025F * 0.025F);
  EXPECT_FLOAT_EQ(variance.at<float>(3), 0.07F * 0.07F);
}

TEST(NoiseByTone, KnowsTonesBeyondWhiteAndBlack) {
  GrainModel noise;
  noise.sigma.fill(0.1F);
  const cv::Mat variance = variance_by_tone(noise, (cv::Mat_<float>(1, 2) << -0.2F, 1.3F));
  EXPECT_FLOAT_EQ(variance.at<float>(0), 0.1F * 0.1F);
  EXPECT_FLOAT_EQ(variance.at<float>(1), 0.1F * 0.1F);
}

}  // namespace
}  // namespace reelface
