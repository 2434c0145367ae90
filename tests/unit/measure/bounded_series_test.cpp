// SPDX-License-Identifier: Apache-2.0
#include "measure/bounded_series.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace reelface {
namespace {

TEST(BoundedSeries, KeepsFewValuesAsTheyAre) {
  BoundedSeries series(2, 4);
  for (int i = 0; i < 4; ++i) series.add(10 + i, i * 0.04, {1.0 * i, -1.0 * i});
  EXPECT_EQ(series.frames(), (std::vector<std::int64_t>{10, 11, 12, 13}));
  EXPECT_EQ(series.column(1), (std::vector<double>{0, -1, -2, -3}));
  EXPECT_EQ(series.frames_per_point(), 1U);
}

TEST(BoundedSeries, MergesWhenThereAreMany) {
  BoundedSeries series(1, 4);
  for (int i = 0; i < 11; ++i) series.add(i, i, {1.0 * i});
  EXPECT_EQ(series.frames_per_point(), 4U);
  EXPECT_EQ(series.frames(), (std::vector<std::int64_t>{0, 4, 8}));
  EXPECT_EQ(series.column(0), (std::vector<double>{1.5, 5.5, 9}));
}

TEST(BoundedSeries, NeverGrowsAndLosesNothing) {
  BoundedSeries series(1, 100);
  double sum = 0;
  for (int i = 0; i < 12800; ++i) {
    series.add(i, i, {std::sin(i)});
    sum += std::sin(i);
  }
  double of_points = 0;
  for (const double value : series.column(0)) of_points += value * static_cast<double>(series.frames_per_point());
  EXPECT_LE(series.frames().size(), 100U);
  EXPECT_NEAR(of_points, sum, 1e-9);
}

TEST(BoundedSeries, LeavesOutWhatIsNotFinite) {
  BoundedSeries series(1, 2);
  const double nan = std::nan(""), infinity = std::numeric_limits<double>::infinity();
  for (const double value : {1.0, nan, infinity, nan}) series.add(0, 0, {value});
  ASSERT_EQ(series.column(0).size(), 2U);
  EXPECT_EQ(series.column(0)[0], 1);
  EXPECT_TRUE(std::isnan(series.column(0)[1]));
}

}  // namespace
}  // namespace reelface
