// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "degrade_pictures.h"

namespace reelface {
namespace {

using namespace testing;

TEST(Noise, HasTheSigmaAskedForInEveryChannel) {
  const RgbImageF grey = flat_picture(256, 256, 0.5F);
  for (const double sigma : {2.0, 8.0, 20.0}) {
    for (const double colour : {0.0, 0.5, 1.0}) {
      const auto noisy = degraded(grey, [=](DegradeRecipe& r) { r.noise = sigma, r.noise_colour = colour; });
      const ChannelStatistics found = statistics_of(as_matrix(noisy));
      for (int c = 0; c < 3; ++c) {
        EXPECT_NEAR(255 * found.sigma[c], sigma, 0.05 * sigma);
        EXPECT_NEAR(found.mean[c], 0.5, 0.002);
      }
    }
  }
}

TEST(Noise, ChannelsShareWhatNoiseColourSays) {
  const RgbImageF grey = flat_picture(256, 256, 0.5F);
  for (const double colour : {0.0, 0.4, 1.0}) {
    const auto noisy = degraded(grey, [=](DegradeRecipe& r) { r.noise = 10, r.noise_colour = colour; });
    EXPECT_NEAR(correlation(channel_of(noisy, 0), channel_of(noisy, 2)), 1 - colour, 0.02);
  }
}

TEST(Noise, IsNewInEveryFrameAndHasNoPattern) {
  const RgbImageF grey = flat_picture(255, 256, 0.5F);
  const auto noise = [](DegradeRecipe& r) { r.noise = 10; };
  const cv::Mat first = channel_of(degraded(grey, noise, 0), 0), second = channel_of(degraded(grey, noise, 1), 0);
  EXPECT_NEAR(correlation(first, second), 0, 0.02);
  const cv::Rect left(0, 0, 254, 255), right(1, 0, 254, 255), below(0, 1, 254, 255);
  EXPECT_NEAR(correlation(first(left), first(right)), 0, 0.02);
  EXPECT_NEAR(correlation(first(left), first(below)), 0, 0.02);
}

}  // namespace
}  // namespace reelface
