// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/half_float.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace reelface {
namespace {

TEST(HalfFloat, EveryHalfSurvivesTheRoundTrip) {
  for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
    const auto half = static_cast<std::uint16_t>(bits);
    const float value = float_from_half(half);
    if (std::isnan(value)) {
      EXPECT_TRUE(std::isnan(float_from_half(half_from_double(value)))) << bits;
    } else {
      EXPECT_EQ(half_from_double(value), half) << bits;
    }
  }
}

TEST(HalfFloat, KnowsItsLandmarks) {
  EXPECT_EQ(half_from_double(1.0f), 0x3c00);
  EXPECT_EQ(half_from_double(-2.0f), 0xc000);
  EXPECT_EQ(half_from_double(65504.0f), 0x7bff);
  EXPECT_EQ(half_from_double(65519.996f), 0x7bff);
  EXPECT_EQ(half_from_double(65520.0f), 0x7c00);
  EXPECT_EQ(half_from_double(std::numeric_limits<float>::max()), 0x7c00);
  EXPECT_EQ(half_from_double(-std::numeric_limits<float>::infinity()), 0xfc00);
  EXPECT_EQ(half_from_double(-0.0f), 0x8000);
  EXPECT_EQ(half_from_double(std::ldexp(1.0f, -14)), 0x0400);
  EXPECT_EQ(half_from_double(std::ldexp(1.0f, -24)), 0x0001);
  EXPECT_EQ(half_from_double(std::ldexp(1.0f, -25)), 0x0000);  // a tie, to even
  EXPECT_EQ(half_from_double(std::ldexp(1.5f, -25)), 0x0001);
  EXPECT_EQ(half_from_double(std::numeric_limits<float>::denorm_min()), 0x0000);
  EXPECT_EQ(float_from_half(0x3555), 0.333251953125f);
}

TEST(HalfFloat, RoundsToTheNearestAndTiesToEven) {
  for (std::uint16_t half = 0; half < 0x7bff; ++half) {
    const double low = float_from_half(half);
    const double high = float_from_half(static_cast<std::uint16_t>(half + 1));
    const double middle = (low + high) / 2;
    const std::uint16_t even = (half & 1) == 0 ? half : static_cast<std::uint16_t>(half + 1);
    ASSERT_EQ(half_from_double(middle), even) << half;
    ASSERT_EQ(half_from_double(std::nextafter(middle, 0.0)), half);
    ASSERT_EQ(half_from_double(std::nextafter(middle, 1e9)), half + 1);
    ASSERT_EQ(half_from_double(-middle), even | 0x8000);
  }
}

TEST(HalfFloat, DoubleIsRoundedOnlyOnce) {
  // Just above a tie, but rounded to float it would be the tie itself.
  const double value = 1.0 + std::ldexp(1.0, -11) + std::ldexp(1.0, -40);
  EXPECT_EQ(half_from_double(value), 0x3c01);
  EXPECT_EQ(half_from_double(static_cast<float>(value)), 0x3c00);
}

TEST(HalfFloat, ReadsBfloat16) {
  EXPECT_EQ(float_from_bfloat16(0x3f80), 1.0f);
  EXPECT_EQ(float_from_bfloat16(0xc049), -3.140625f);
}

}  // namespace
}  // namespace reelface
