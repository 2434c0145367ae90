// SPDX-License-Identifier: Apache-2.0
#include "report/chart_axis.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(ValueAxis, RoundMarksAroundTheValues) {
  const ChartAxis axis = value_axis(25.3, 32.1);
  EXPECT_EQ(axis.low, 24);
  EXPECT_EQ(axis.high, 34);
  EXPECT_EQ(axis.marks, (std::vector<double>{24, 26, 28, 30, 32, 34}));
  EXPECT_EQ(axis.position(29), 0.5);
}

TEST(ValueAxis, ConstantValuesLieInTheMiddle) {
  for (const double value : {0.0, 5.0, -3.0, 1e-9, 1e12}) {
    const ChartAxis axis = value_axis(value, value);
    EXPECT_LT(axis.low, value);
    EXPECT_GT(axis.high, value);
    EXPECT_GE(axis.marks.size(), 2U);
    EXPECT_LE(axis.marks.size(), 9U);
  }
}

TEST(ValueAxis, TinyChangesOfLargeValuesAreFinite) {
  const ChartAxis axis = value_axis(1e6, 1e6 + 1e-9);
  EXPECT_GE(axis.marks.size(), 2U);
  EXPECT_LE(axis.marks.size(), 9U);
}

TEST(FrameAxis, WholeMarksInside) {
  EXPECT_EQ(frame_axis(0, 149).marks, (std::vector<double>{0, 25, 50, 75, 100, 125}));
  EXPECT_EQ(frame_axis(10, 13).marks, (std::vector<double>{10, 11, 12, 13}));
  EXPECT_EQ(frame_axis(7, 7).marks, (std::vector<double>{7, 8}));
}

}  // namespace
}  // namespace reelface
