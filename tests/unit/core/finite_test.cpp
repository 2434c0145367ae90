// SPDX-License-Identifier: Apache-2.0
#include "core/finite.h"

#include <gtest/gtest.h>

#include <vector>

namespace reelface {
namespace {

TEST(AllFinite, WhatIsNoNumberIsFoundWhereverItIs) {
  using Limits = std::numeric_limits<float>;
  const std::vector<float> good = {0, -0.0F, 1, Limits::max(), Limits::lowest(), Limits::denorm_min(), Limits::min()};
  EXPECT_TRUE(all_finite(good.data(), 0));
  EXPECT_TRUE(all_finite(good.data(), good.size()));
  for (float bad : {Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN(), -Limits::quiet_NaN()}) {
    for (std::size_t place = 0; place < 67; ++place) {
      std::vector<float> values(67, 0.5F);
      values[place] = bad;
      EXPECT_FALSE(all_finite(values.data(), values.size())) << place;
      EXPECT_TRUE(all_finite(values.data(), place)) << place;
    }
  }
}

}  // namespace
}  // namespace reelface
