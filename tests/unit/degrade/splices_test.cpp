// SPDX-License-Identifier: Apache-2.0
#include "degrade/splices.h"

#include <gtest/gtest.h>

#include <cmath>

#include "degrade_pictures.h"

namespace reelface {
namespace {

using namespace testing;

DegradeRecipe spliced(double splices) {
  DegradeRecipe recipe;
  recipe.splices = splices;
  return recipe;
}

TEST(Splices, AreAsManyAsAskedForAndNeverBeforeTheFirstFrame) {
  int count = 0;
  for (int frame = 0; frame < 20000; ++frame) count += begins_with_splice(spliced(5), frame);
  EXPECT_NEAR(count, 1000, 100);
  EXPECT_FALSE(begins_with_splice(spliced(100), 0));
  EXPECT_TRUE(begins_with_splice(spliced(100), 1));
}

TEST(Splices, PictureAndLightJumpAndSettle) {
  double down = 0, light = 0;
  int count = 0;
  const DegradeRecipe recipe = spliced(2);
  for (int frame = 4; frame < 20000; ++frame) {
    bool alone = begins_with_splice(recipe, frame);
    for (const int away : {-3, -2, -1, 1, 2, 3}) alone = alone && !begins_with_splice(recipe, frame + away);
    if (!alone) continue;
    const SpliceJump jump = splice_jump(recipe, frame, 480), next = splice_jump(recipe, frame + 1, 480);
    EXPECT_NEAR(next.shift.y, 0.45 * jump.shift.y, 1e-9);
    EXPECT_NEAR(std::log(next.light), 0.45 * std::log(jump.light), 1e-9);
    EXPECT_EQ(splice_jump(recipe, frame + 3, 480).light, 1);
    EXPECT_EQ(splice_jump(recipe, frame - 1, 480).shift, cv::Point2d(0, 0));
    down += jump.shift.y * jump.shift.y;
    light += std::log(jump.light) * std::log(jump.light);
    ++count;
  }
  ASSERT_GT(count, 100);
  EXPECT_NEAR(std::sqrt(down / count), 5, 1);
  EXPECT_NEAR(std::sqrt(light / count), 0.1, 0.02);
}

TEST(Splices, ShowTheirEdgeAtTheTopAfterThemAndAtTheBottomBeforeThem) {
  const DegradeRecipe recipe = spliced(4);
  int frame = 1;
  while (!begins_with_splice(recipe, frame) || begins_with_splice(recipe, frame + 1)) ++frame;
  const RgbImageF grey = flat_picture(160, 120, 0.5F);
  const Degrader degrader(recipe, 160, 120);
  const auto rows_marked = [&](std::int64_t number, int first, int count) {
    const DamageTruth truth = degrader.apply_and_tell(grey.view(), number).truth;
    return cv::countNonZero(
        cv::Mat(120, 160, CV_8U, const_cast<std::uint8_t*>(truth.mask.data())).rowRange(first, first + count));
  };
  EXPECT_GT(rows_marked(frame, 0, 1), 150);
  EXPECT_EQ(rows_marked(frame, 20, 100), 0);
  EXPECT_GT(rows_marked(frame - 1, 119, 1), 150);
  EXPECT_EQ(rows_marked(frame - 1, 0, 100), 0);
  EXPECT_TRUE(degrader.apply_and_tell(grey.view(), frame).truth.spliced);
  EXPECT_FALSE(degrader.apply_and_tell(grey.view(), frame + 1).truth.spliced);
}

}  // namespace
}  // namespace reelface
