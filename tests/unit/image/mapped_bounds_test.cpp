// SPDX-License-Identifier: Apache-2.0
#include "image/mapped_bounds.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(MappedBounds, HoldWhatIsTurnedAndMirrored) {
  const Affine quarter_turn{{0, -2, 10, 3, 0, 1}};  // x' = 10 - 2y, y' = 3x + 1
  const MappedBounds bounds = mapped_bounds(quarter_turn, {1, 2}, {4, 3});
  EXPECT_EQ(bounds.left, 4);
  EXPECT_EQ(bounds.right, 6);
  EXPECT_EQ(bounds.top, 4);
  EXPECT_EQ(bounds.bottom, 13);
  const MappedBounds turned_a_little = mapped_bounds(Affine{{1, -1, 0, 1, 1, 0}}, {0, 0}, {2, 1});
  EXPECT_EQ(turned_a_little.left, -1);
  EXPECT_EQ(turned_a_little.right, 2);
  EXPECT_EQ(turned_a_little.bottom, 3);
}

}  // namespace
}  // namespace reelface
