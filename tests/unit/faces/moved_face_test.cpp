// SPDX-License-Identifier: Apache-2.0
#include "faces/moved_face.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(MovedFace, BoxAndPointsGoTheSameWay) {
  Face face;
  face.score = 0.7F;
  face.box = {10, 20, 30, 40};
  for (Point& point : face.points) point = {25, 40};
  Affine by;
  by.rows = {2, 0, 5, 0, 3, -7};
  const Face there = moved(face, by);
  EXPECT_FLOAT_EQ(there.box.x, 25);
  EXPECT_FLOAT_EQ(there.box.y, 53);
  EXPECT_FLOAT_EQ(there.box.width, 60);
  EXPECT_FLOAT_EQ(there.box.height, 120);
  for (const Point& point : there.points) {
    EXPECT_FLOAT_EQ(point.x, 55);
    EXPECT_FLOAT_EQ(point.y, 113);
  }
  EXPECT_FLOAT_EQ(there.score, 0.7F);
}

}  // namespace
}  // namespace reelface
