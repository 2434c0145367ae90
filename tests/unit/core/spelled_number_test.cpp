// SPDX-License-Identifier: Apache-2.0
#include "core/spelled_number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace reelface {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(SpelledNumber, HasSoManySignificantDigits) {
  EXPECT_EQ(spelled(3.14159, 3), "3.14");
  EXPECT_EQ(spelled(8, 6), "8");
  EXPECT_EQ(spelled(1234567, 6), "1.23457e+06");
}

TEST(SpelledNumber, HasSoManyDigitsBehindThePoint) {
  EXPECT_EQ(fixed_spelled(1.005, 1), "1.0");
  EXPECT_EQ(fixed_spelled(-2, 2), "-2.00");
  EXPECT_GE(fixed_spelled(std::numeric_limits<double>::max(), 2).size(), 309U);  // the largest there is fits
}

TEST(SpelledNumber, InfinityAndNoNumberHaveWords) {
  EXPECT_EQ(spelled(kInfinity, 3), "inf");
  EXPECT_EQ(fixed_spelled(-kInfinity, 3), "-inf");
  EXPECT_EQ(spelled(std::nan(""), 3), "-");
  EXPECT_EQ(change_spelled(std::nan(""), 2), "-");
}

TEST(SpelledNumber, AChangeHasItsSignUnlessThereIsNone) {
  EXPECT_EQ(change_spelled(3.2, 2), "+3.20");
  EXPECT_EQ(change_spelled(-3.2, 2), "-3.20");
  EXPECT_EQ(change_spelled(-0.001, 2), "0.00");
}

}  // namespace
}  // namespace reelface
