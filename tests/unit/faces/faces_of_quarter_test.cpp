// SPDX-License-Identifier: Apache-2.0
#include "faces/faces_of_quarter.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(FacesOfQuarter, AreAddedWhereNoneIsKnown) {
  Face known, same, other;
  known.box = {100, 100, 80, 80};
  same.box = {25, 25, 20, 20};
  other.box = {5, 5, 10, 10};
  other.points[0] = {7, 8};
  std::vector<Face> faces{known};
  add_faces_of_quarter({same, other}, faces);
  ASSERT_EQ(faces.size(), 2u);
  EXPECT_FLOAT_EQ(faces[0].box.x, 100);
  EXPECT_FLOAT_EQ(faces[1].box.x, 21.5F);  // pixel centres stay pixel centres
  EXPECT_FLOAT_EQ(faces[1].box.width, 40);
  EXPECT_FLOAT_EQ(faces[1].points[0].x, 29.5F);
  EXPECT_FLOAT_EQ(faces[1].points[0].y, 33.5F);
}

}  // namespace
}  // namespace reelface
