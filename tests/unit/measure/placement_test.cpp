// SPDX-License-Identifier: Apache-2.0
#include "measure/placement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <utility>

#include "support/test_pattern.h"

namespace reelface {
namespace {

/// Waves of many lengths, none so short that samples cannot tell where they lie.
SamplePlane seen(double right, double down, float gain = 1, double noise = 0, std::uint32_t seed = 1) {
  SamplePlane plane(240, 180);
  std::fill(plane.samples.begin(), plane.samples.end(), 0.5F);
  cv::RNG random(0x9E3779B97F4A7C15U);
  for (int wave = 0; wave < 80; ++wave) {
    const double length = 5 * std::pow(20.0, random.uniform(0.0, 1.0)), angle = 2.4 * wave;
    const double phase = random.uniform(0.0, 2 * CV_PI), height = 0.004 * std::sqrt(length);
    const double across = 2 * CV_PI * std::cos(angle) / length, below = 2 * CV_PI * std::sin(angle) / length;
    for (int y = 0; y < 180; ++y) {
      for (int x = 0; x < 240; ++x)
        plane.row(y)[x] += static_cast<float>(height * std::sin(across * (x - right) + below * (y - down) + phase));
    }
  }
  if (noise > 0) plane.samples = testing::with_noise(plane.samples, noise, seed);
  for (float& sample : plane.samples) sample *= gain;
  return plane;
}

TEST(Placement, IsFoundToAFewHundredths) {
  const SamplePlane reference = seen(0, 0);
  for (const auto& [right, down] : {std::pair{0.0, 0.0}, {0.3, -0.45}, {2.6, 1.1}, {-5.2, 3.7}}) {
    const std::optional<Point> found = find_placement(seen(right, down).view(), reference.view());
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->x, right, 0.02) << right;
    EXPECT_NEAR(found->y, down, 0.02) << down;
  }
}

TEST(Placement, LightAndNoiseDoNotMatter) {
  const SamplePlane reference = seen(0, 0);
  const std::optional<Point> found = find_placement(seen(0.4, 0.7, 0.9F, 0.03, 92821).view(), reference.view());
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->x, 0.4, 0.05);
  EXPECT_NEAR(found->y, 0.7, 0.05);
}

TEST(Placement, AFlatPictureLiesNowhere) {
  SamplePlane flat(100, 80);
  for (float& sample : flat.samples) sample = 0.4F;
  EXPECT_FALSE(find_placement(flat.view(), flat.view()));
}

TEST(Straying, IsMeasuredFromTheMeanOfEachShot) {
  Straying straying;
  for (const double value : {1.0, 3.0, 1.0, 3.0}) straying.add(value);
  straying.restart();
  for (const double value : {10.0, 10.0}) straying.add(value);
  EXPECT_NEAR(straying.squares(), 4, 1e-9);
  EXPECT_EQ(straying.count(), 6);
  EXPECT_NEAR(straying.mean(), 28.0 / 6, 1e-9);
}

}  // namespace
}  // namespace reelface
