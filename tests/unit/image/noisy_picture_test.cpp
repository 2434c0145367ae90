// SPDX-License-Identifier: Apache-2.0
#include "image/noisy_picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace reelface {
namespace {

/// A slope from dark to bright with noise in grains of `grain` pixels.
RgbImage8 slope(int width, int height, double noise, int grain = 1) {
  RgbImage8 picture(width, height);
  std::mt19937 random(7);
  std::normal_distribution<double> bell;
  std::vector<double> grains(static_cast<std::size_t>(width) * height);
  for (double& value : grains) value = noise * bell(random);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const double value = 60 + 120.0 * x / width + grains[static_cast<std::size_t>(y / grain) * width + x / grain];
      for (int channel = 0; channel < 3; ++channel) {
        picture.samples[(static_cast<std::size_t>(y) * width + x) * 3 + channel] =
            static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
      }
    }
  }
  return picture;
}

TEST(NoisyPicture, NoiseIsMeasuredInGreyLevelsHoweverCoarseItIs) {
  EXPECT_LT(noise_of_picture(slope(320, 240, 0).view()), 3);
  EXPECT_NEAR(noise_of_picture(slope(320, 240, 20).view()), 20, 4);
  EXPECT_NEAR(noise_of_picture(slope(320, 240, 20, 3).view()), 20, 7);
}

TEST(NoisyPicture, TooSmallPicturesHaveNone) {
  EXPECT_EQ(noise_of_picture(slope(7, 240, 20).view()), 0);
  EXPECT_EQ(noise_of_picture(slope(320, 1, 20).view()), 0);
  EXPECT_EQ(quarter_of(slope(3, 3, 0).view()).samples.size(), 0u);
}

TEST(NoisyPicture, AQuarterAveragesSixteenPixels) {
  RgbImage8 picture(9, 6);
  for (std::size_t sample = 0; sample < picture.samples.size(); ++sample) {
    picture.samples[sample] = sample % 3 == 1 ? static_cast<std::uint8_t>(10 * (sample / 3 % 9)) : 0;
  }
  const RgbImage8 quarter = quarter_of(picture.view());
  ASSERT_EQ(quarter.width, 2);
  ASSERT_EQ(quarter.height, 1);
  EXPECT_EQ(quarter.samples[1], 15);
  EXPECT_EQ(quarter.samples[4], 55);
  EXPECT_EQ(quarter.samples[0], 0);
}

}  // namespace
}  // namespace reelface
