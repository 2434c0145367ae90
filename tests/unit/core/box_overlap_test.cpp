// SPDX-License-Identifier: Apache-2.0
#include "core/box_overlap.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(BoxOverlap, IsTheShareOfTheCommonAreaThatBothCover) {
  EXPECT_FLOAT_EQ(box_overlap<float>({0, 0, 10, 10}, {10, 0, 10, 10}), 0);  // they only touch
  EXPECT_FLOAT_EQ(box_overlap<float>({0, 0, 10, 10}, {0, 0, 10, 10}), 1);
  EXPECT_FLOAT_EQ(box_overlap<float>({0, 0, 10, 10}, {5, 0, 10, 10}), 50.0F / 150.0F);
  EXPECT_DOUBLE_EQ(box_overlap<double>({0, 0, 10, 10}, {5, 0, 10, 10}), 50.0 / 150.0);
}

}  // namespace
}  // namespace reelface
