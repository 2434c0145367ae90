// SPDX-License-Identifier: Apache-2.0
#include "media/libav/display_matrix.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>

namespace reelface {
namespace {

constexpr std::int32_t kOne = 1 << 16;
constexpr std::int32_t kUnit = 1 << 30;

DisplayOrientation read(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) {
  const std::array<std::int32_t, 9> matrix = {a, b, 0, c, d, 0, 0, 0, kUnit};
  std::array<std::uint8_t, sizeof matrix> bytes{};
  std::memcpy(bytes.data(), matrix.data(), sizeof matrix);
  return orientation_from_matrix(bytes.data(), bytes.size());
}

TEST(DisplayMatrix, ReadsQuarterTurns) {
  EXPECT_EQ(read(kOne, 0, 0, kOne).quarter_turns_clockwise, 0);
  EXPECT_EQ(read(0, kOne, -kOne, 0).quarter_turns_clockwise, 1);  // a phone held upright
  EXPECT_EQ(read(-kOne, 0, 0, -kOne).quarter_turns_clockwise, 2);
  EXPECT_EQ(read(0, -kOne, kOne, 0).quarter_turns_clockwise, 3);
  EXPECT_FALSE(read(0, kOne, -kOne, 0).mirrored);
}

TEST(DisplayMatrix, ReadsMirroring) {
  const DisplayOrientation left_to_right = read(-kOne, 0, 0, kOne);
  EXPECT_TRUE(left_to_right.mirrored);
  EXPECT_EQ(left_to_right.quarter_turns_clockwise, 0);
  const DisplayOrientation upside_down = read(kOne, 0, 0, -kOne);  // = mirrored, then half a turn
  EXPECT_TRUE(upside_down.mirrored);
  EXPECT_EQ(upside_down.quarter_turns_clockwise, 2);
  // (x, y) -> (y, x): mirrored (-x, y), then a quarter turn clockwise (x, y) -> (-y, x) gives (-y, -x); three give (y,
  // x).
  const DisplayOrientation transposed = read(0, kOne, kOne, 0);
  EXPECT_TRUE(transposed.mirrored);
  EXPECT_EQ(transposed.quarter_turns_clockwise, 3);
}

TEST(DisplayMatrix, TakesTheNearestQuarterAndRejectsNonsense) {
  EXPECT_EQ(read(5000, 65000, -65000, 5000).quarter_turns_clockwise, 1);
  EXPECT_EQ(read(0, 0, 0, 0).quarter_turns_clockwise, 0);
  EXPECT_EQ(orientation_from_matrix(nullptr, 36).quarter_turns_clockwise, 0);
  const std::uint8_t few[4] = {};
  EXPECT_FALSE(orientation_from_matrix(few, sizeof few).mirrored);
}

}  // namespace
}  // namespace reelface
