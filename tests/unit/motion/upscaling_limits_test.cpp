// SPDX-License-Identifier: Apache-2.0
#include "motion/upscaling_limits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "image/resized_frame.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

constexpr int kSide = 32;

RgbImageF picture_of(float (*level)(int x, int y)) {
  RgbImageF picture(kSide, kSide);
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) std::fill_n(&testing::sample_at(picture, x, y), 3, level(x, y) / 255);
  }
  return picture;
}

float largest_difference(const RgbImageF& left, const RgbImageF& right) {
  float largest = 0;
  for (std::size_t i = 0; i < left.samples.size(); ++i)
    largest = std::max(largest, 255 * std::abs(left.samples[i] - right.samples[i]));
  return largest;
}

TEST(UpscalingLimits, FlatGroundStays) {
  const RgbImageF flat = picture_of([](int, int) { return 90.0F; });
  const RgbImageF plain = lanczos_resized(flat.view(), {2 * kSide, 2 * kSide});
  RgbImageF enlarged = plain;
  for (std::size_t i = 0; i < enlarged.samples.size(); ++i) enlarged.samples[i] += (i % 7 == 0 ? 0.4F : -0.3F) / 255;
  hold_back_upscaling(flat.view(), enlarged);
  EXPECT_LT(largest_difference(enlarged, plain), 1e-3F);
}

TEST(UpscalingLimits, WhatIsSeenIsSharpenedAndDoesNotRing) {
  const RgbImageF edge = picture_of([](int x, int) { return x < kSide / 2 ? 60.0F : 180.0F; });
  RgbImageF enlarged = lanczos_resized(edge.view(), {2 * kSide, 2 * kSide});
  const int row = kSide, at = kSide;  // in the middle
  testing::sample_at(enlarged, at - 3, row) = 20.0F / 255;
  testing::sample_at(enlarged, at + 2, row) = 230.0F / 255;
  testing::sample_at(enlarged, at, row) = 175.0F / 255;
  hold_back_upscaling(edge.view(), enlarged);
  EXPECT_NEAR(255 * testing::sample_at(enlarged, at - 3, row), 52, 0.1);
  EXPECT_NEAR(255 * testing::sample_at(enlarged, at + 2, row), 188, 0.1);
  EXPECT_NEAR(255 * testing::sample_at(enlarged, at, row), 175, 0.1);
}

}  // namespace
}  // namespace reelface
