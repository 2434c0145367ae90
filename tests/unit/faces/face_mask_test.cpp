// SPDX-License-Identifier: Apache-2.0
#include "faces/face_mask.h"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/faces/scripted_scene.h"

namespace reelface {
namespace {

float weight(const MaskImage& mask, double x_at_512, double y_at_512) {
  const int column = static_cast<int>((x_at_512 + 0.5) * mask.width / 512);
  const int row = static_cast<int>((y_at_512 + 0.5) * mask.height / 512);
  return mask.weights.at(static_cast<std::size_t>(row) * mask.width + column);
}

double total(const MaskImage& mask) {
  double sum = 0;
  for (float value : mask.weights) sum += value;
  return sum / static_cast<double>(mask.weights.size());
}

void expect_soft_and_closed(const MaskImage& mask) {
  const int side = mask.width;
  float steepest = 0;
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      const float here = mask.weights[static_cast<std::size_t>(row) * side + column];
      ASSERT_GE(here, 0);
      ASSERT_LE(here, 1);
      const bool edge = row == 0 || column == 0 || row == side - 1 || column == side - 1;
      if (edge) {
        ASSERT_EQ(here, 0);
      }
      if (column > 0)
        steepest = std::max(steepest, std::abs(here - mask.weights[static_cast<std::size_t>(row) * side + column - 1]));
    }
  }
  EXPECT_LT(steepest * static_cast<float>(side), 20);  // the edge is at least a twentieth of the crop wide
}

std::array<Point, 5> turned(double angle, double squeeze = 1, double nose_shift = 0) {
  std::array<Point, 5> points = alignment_template(512);
  for (std::size_t index = 0; index < 5; ++index) {
    const double dx = (points[index].x - 256) * squeeze + (index == 2 ? nose_shift : 0), dy = points[index].y - 307;
    points[index] = {static_cast<float>(256 + std::cos(angle) * dx - std::sin(angle) * dy),
                     static_cast<float>(307 + std::sin(angle) * dx + std::cos(angle) * dy)};
  }
  return points;
}

TEST(FaceMask, CoversTheFaceAndNotItsSurroundings) {
  for (int size : {128, 256, 512}) {
    const MaskImage mask = SoftFaceMask().make(alignment_template(512), size);
    ASSERT_EQ(mask.width, size);
    for (const Point& point : alignment_template(512)) EXPECT_EQ(weight(mask, point.x, point.y), 1);
    EXPECT_GT(weight(mask, 256, 160), 0.8);  // forehead
    EXPECT_GT(weight(mask, 256, 420), 0.8);  // chin
    for (const auto& [x, y] : {std::pair{20, 20}, {490, 20}, {20, 490}, {490, 490}, {256, 8}, {30, 256}, {482, 256}}) {
      EXPECT_EQ(weight(mask, x, y), 0) << x << ", " << y;
    }
    expect_soft_and_closed(mask);
  }
}

TEST(FaceMask, AnyPointsGiveAClosedSoftMask) {
  std::array<Point, 5> collapsed;
  collapsed.fill({256, 256});
  for (const auto& points :
       {turned(0.6), turned(-3.1), turned(0.1, 0.2, 60), turned(0, 2.5), turned(0, 1, -300), collapsed}) {
    expect_soft_and_closed(SoftFaceMask().make(points, 128));
  }
  EXPECT_EQ(SoftFaceMask().make(turned(0), 1).weights.at(0), 0);
}

TEST(FaceMask, TurnsWithTheHead) {
  const MaskImage mask = SoftFaceMask().make(turned(0.5), 256);
  // The chin has moved to the left, the forehead to the right.
  EXPECT_GT(weight(mask, 256 - 0.48 * 120, 307 + 0.88 * 120), 0.7);
  EXPECT_GT(weight(mask, 200, 440), weight(mask, 312, 440));
}

TEST(FaceMask, MovesAwayFromTheNoseOfATurnedHead) {
  const MaskImage left = SoftFaceMask().make(turned(0, 0.6, -40), 256),
                  right = SoftFaceMask().make(turned(0, 0.6, 40), 256);
  EXPECT_GT(weight(left, 395, 290), weight(left, 117, 290));
  EXPECT_LT(weight(right, 395, 290), weight(right, 117, 290));
}

TEST(FaceMask, ChangesSmoothlyWithThePoints) {
  for (int shift = -60; shift < 60; ++shift) {
    const MaskImage before = SoftFaceMask().make(turned(0, 0.8, shift), 64),
                    after = SoftFaceMask().make(turned(0, 0.8, shift + 1), 64);
    for (std::size_t index = 0; index < before.weights.size(); ++index) {
      ASSERT_NEAR(before.weights[index], after.weights[index], 0.03) << shift;
    }
  }
}

TEST(FaceMask, TheBoxIsTheSameForAll) {
  const MaskImage mask = BoxFaceMask().make(alignment_template(512), 256);
  expect_soft_and_closed(mask);
  EXPECT_EQ(mask.weights, BoxFaceMask().make(turned(1), 256).weights);
  EXPECT_GT(total(mask), total(SoftFaceMask().make(alignment_template(512), 256)));
}

}  // namespace
}  // namespace reelface
