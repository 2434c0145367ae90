// SPDX-License-Identifier: Apache-2.0
#include "motion/weighted_sums.h"

#include <gtest/gtest.h>

#include <random>

namespace reelface {
namespace {

TEST(WeightedSums, AreThoseOfEachSample) {
  constexpr int kSlopes = 3, kTimes = 5;
  std::mt19937 random(1);
  std::uniform_real_distribution<float> value(-2, 2);
  WeightedSums<kSlopes> sums;
  double products[kSlopes][kSlopes] = {}, with_difference[kSlopes] = {};
  for (int time = 0; time < kTimes; ++time) {
    float weight[4], difference[4], slopes[kSlopes][4];
    for (int lane = 0; lane < 4; ++lane) {
      weight[lane] = value(random), difference[lane] = value(random);
      for (auto& slope : slopes) slope[lane] = value(random);
      for (int i = 0; i < kSlopes; ++i) {
        with_difference[i] += double{weight[lane]} * slopes[i][lane] * difference[lane];
        for (int j = 0; j < kSlopes; ++j) products[i][j] += double{weight[lane]} * slopes[i][lane] * slopes[j][lane];
      }
    }
    sums.add(cv::v_load(weight), {cv::v_load(slopes[0]), cv::v_load(slopes[1]), cv::v_load(slopes[2])},
             cv::v_load(difference));
  }
  for (int i = 0; i < kSlopes; ++i) {
    EXPECT_NEAR(sums.with_difference(i), with_difference[i], 1e-4) << i;
    for (int j = 0; j < kSlopes; ++j) EXPECT_NEAR(sums.product(i, j), products[i][j], 1e-4) << i << ", " << j;
  }
}

}  // namespace
}  // namespace reelface
