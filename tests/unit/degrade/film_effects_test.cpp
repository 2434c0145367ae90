// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "degrade_pictures.h"

namespace reelface {
namespace {

using namespace testing;

TEST(Grain, HasTheSigmaAskedForInTheMidTonesAndLessInTheDark) {
  const auto grain = [](DegradeRecipe& r) { r.grain = 10, r.grain_size = 1.5; };
  const auto mid = statistics_of(as_matrix(degraded(flat_picture(300, 300, 0.5F), grain)));
  const auto dark = statistics_of(as_matrix(degraded(flat_picture(300, 300, 0.1F), grain)));
  EXPECT_NEAR(255 * mid.sigma[0], 10, 0.5);
  EXPECT_NEAR(255 * dark.sigma[0], 10 * (0.25 + 0.75 * 4 * 0.1 * 0.9), 0.5);
}

TEST(Grain, IsGreyCorrelatedAndNewInEveryFrame) {
  const RgbImageF grey = flat_picture(300, 300, 0.5F);
  const auto grain = [](DegradeRecipe& r) { r.grain = 10, r.grain_size = 1.5; };
  const RgbImageF first = degraded(grey, grain, 3);
  const cv::Mat red = channel_of(first, 0);
  EXPECT_NEAR(correlation(red, channel_of(first, 2)), 1, 1e-3);
  EXPECT_NEAR(correlation(red, channel_of(degraded(grey, grain, 4), 0)), 0, 0.04);
  const double neighbour = correlation(red(cv::Rect(0, 0, 299, 300)), red(cv::Rect(1, 0, 299, 300)));
  EXPECT_NEAR(neighbour, std::exp(-1 / (4 * 1.5 * 1.5)), 0.03);
  const double edge = statistics_of(red.row(0)).sigma[0] / statistics_of(red.row(150)).sigma[0];
  EXPECT_NEAR(edge, 1, 0.35);
}

TEST(Colours, GreyHasEqualChannelsAndKeepsBrightness) {
  RgbImageF one(1, 1);
  one.samples = {0.9F, 0.3F, 0.1F};
  const RgbImageF grey = degraded(one, [](DegradeRecipe& r) { r.grey = 1; });
  const float expected = 0.2126F * 0.9F + 0.7152F * 0.3F + 0.0722F * 0.1F;
  for (const float sample : grey.samples) EXPECT_NEAR(sample, expected, 1e-6);
}

TEST(Colours, SepiaIsBrownWhateverTheColour) {
  RgbImageF two(2, 1);
  two.samples = {0.2F, 0.2F, 0.9F, 0.5F, 0.5F, 0.5F};
  const RgbImageF sepia = degraded(two, [](DegradeRecipe& r) { r.sepia = 1; });
  for (std::size_t i = 0; i < 6; i += 3) {
    EXPECT_GT(sepia.samples[i], sepia.samples[i + 1]);
    EXPECT_GT(sepia.samples[i + 1], sepia.samples[i + 2]);
  }
}

TEST(Colours, FadeLiftsBlackLowersWhiteAndPales) {
  RgbImageF three(3, 1);
  three.samples = {0, 0, 0, 1, 1, 1, 0.8F, 0.2F, 0.2F};
  const RgbImageF faded = degraded(three, [](DegradeRecipe& r) { r.fade = 0.5; });
  EXPECT_NEAR(faded.samples[0], 0.06, 1e-5);
  EXPECT_NEAR(faded.samples[3], 0.91, 1e-5);
  EXPECT_NEAR(faded.samples[6] - faded.samples[7], 0.6 * 0.75 * 0.85, 1e-5);
}

TEST(Flicker, ChangesBrightnessByItsSigma) {
  const RgbImageF grey = flat_picture(4, 4, 0.5F);
  double sum = 0, squares = 0;
  constexpr int kFrames = 2000;
  for (int frame = 0; frame < kFrames; ++frame) {
    const double value = degraded(
                             grey, [](DegradeRecipe& r) { r.flicker = 0.05; }, frame)
                             .samples[0] /
                         0.5;
    sum += value;
    squares += value * value;
  }
  const double mean = sum / kFrames;
  EXPECT_NEAR(mean, 1, 0.005);
  EXPECT_NEAR(std::sqrt(squares / kFrames - mean * mean), 0.05, 0.0025);
}

}  // namespace
}  // namespace reelface
