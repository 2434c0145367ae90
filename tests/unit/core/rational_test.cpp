// SPDX-License-Identifier: Apache-2.0
#include "reelface/core/rational.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(Rescale, RoundsToNearestHalvesAwayFromZero) {
  EXPECT_EQ(rescale(1, {1, 2}, {1, 1}), 1);
  EXPECT_EQ(rescale(-1, {1, 2}, {1, 1}), -1);
  EXPECT_EQ(rescale(1, {1, 3}, {1, 1}), 0);
  EXPECT_EQ(rescale(4, {1, 15}, {1, 1000}), 267);
  EXPECT_EQ(rescale(-4, {1, 15}, {1, 1000}), -267);
}

TEST(Rescale, IsExactWhereSixtyFourBitsOverflow) {
  const std::int64_t ten_years = std::int64_t{90000} * 86400 * 3650;
  EXPECT_EQ(rescale(ten_years, {1, 90000}, {1, 1'000'000'000}), std::int64_t{1'000'000'000} * 86400 * 3650);
  EXPECT_EQ(rescale(rescale(ten_years, {1, 90000}, {1, 1'000'000'000}), {1, 1'000'000'000}, {1, 90000}), ten_years);
}

TEST(Rescale, SaturatesInsteadOfWrapping) {
  EXPECT_EQ(rescale(std::numeric_limits<std::int64_t>::max() / 2, {1, 1}, {1, 90000}),
            std::numeric_limits<std::int64_t>::max());
}

TEST(Rescale, KeepsNoTimestamp) {
  EXPECT_EQ(rescale(kNoTimestamp, {1, 25}, {1, 90000}), kNoTimestamp);
}

TEST(Rational, ComparesValues) {
  EXPECT_EQ((Rational{1, 25}), (Rational{2, 50}));
  EXPECT_NE((Rational{1, 25}), (Rational{1, 24}));
}

}  // namespace
}  // namespace reelface
