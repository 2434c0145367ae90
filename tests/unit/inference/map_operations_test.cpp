// SPDX-License-Identifier: Apache-2.0
#include "inference/native/map_operations.h"

#include <gtest/gtest.h>

#include <numeric>

namespace reelface {
namespace {

/// Numbers 0, 1, 2, … in rows.
FeatureMap counted(int height, int width, int channels) {
  FeatureMap map(height, width, channels);
  std::iota(map.numbers.data(), map.numbers.data() + map.size(), 0.0F);
  return map;
}

float at(const FeatureMap& map, int y, int x, int channel) {
  return map.row(y)[std::ptrdiff_t{x} * map.channels + channel];
}

TEST(MapOperations, ABorderIsOfZeros) {
  FeatureMap wide(5, 6, 2);
  put_border(counted(3, 4, 2), wide);
  EXPECT_EQ(at(wide, 0, 3, 1), 0);
  EXPECT_EQ(at(wide, 2, 0, 0), 0);
  EXPECT_EQ(at(wide, 1, 1, 1), 1);
  EXPECT_EQ(at(wide, 3, 4, 0), 22);
  EXPECT_EQ(at(wide, 4, 5, 1), 0);
}

TEST(MapOperations, TheGreatestOfNineAndTheMeanOfFour) {
  const FeatureMap map = counted(5, 5, 2);
  FeatureMap greatest(2, 2, 2), mean(2, 2, 2);
  take_greatest(map, greatest);
  EXPECT_EQ(at(greatest, 0, 0, 0), at(map, 2, 2, 0));
  EXPECT_EQ(at(greatest, 1, 1, 1), at(map, 4, 4, 1));
  take_means(map, mean);
  EXPECT_EQ(at(mean, 0, 0, 0), (0 + 2 + 10 + 12) / 4.0F);
  EXPECT_EQ(at(mean, 1, 1, 1), (at(map, 2, 2, 1) + at(map, 2, 3, 1) + at(map, 3, 2, 1) + at(map, 3, 3, 1)) / 4);
}

TEST(MapOperations, JoinsMapsOfDifferentSizes) {
  FeatureMap branch = counted(2, 2, 4), past = counted(3, 3, 2), sum(3, 3, 4);
  branch.numbers.data()[0] = -5;
  join(branch, past, sum);
  EXPECT_EQ(at(sum, 0, 0, 0), 0) << "below zero";
  EXPECT_EQ(at(sum, 0, 1, 1), at(branch, 0, 1, 1) + at(past, 0, 1, 1));
  EXPECT_EQ(at(sum, 1, 1, 3), at(branch, 1, 1, 3)) << "a channel that one of them lacks";
  EXPECT_EQ(at(sum, 2, 2, 1), at(past, 2, 2, 1)) << "a pixel that one of them lacks";
  EXPECT_EQ(at(sum, 2, 2, 2), 0) << "neither has it";
}

TEST(MapOperations, JoinsInPlace) {
  const FeatureMap branch = counted(2, 3, 2);
  FeatureMap features = counted(2, 3, 2);
  join(branch, features, features);
  for (int channel = 0; channel < 2; ++channel) EXPECT_EQ(at(features, 1, 2, channel), 2 * at(branch, 1, 2, channel));
}

}  // namespace
}  // namespace reelface
