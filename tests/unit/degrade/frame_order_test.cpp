// SPDX-License-Identifier: Apache-2.0
#include "degrade/frame_order.h"

#include <gtest/gtest.h>

#include "degrade_pictures.h"

namespace reelface {
namespace {

using namespace testing;

TEST(FrameOrder, DropsAndDoublesAsManyAsAskedFor) {
  DegradeRecipe recipe;
  recipe.dropped = 3, recipe.doubled = 5;
  int dropped = 0, doubled = 0;
  for (int frame = 0; frame < 20000; ++frame) {
    const FrameFate fate = frame_fate(recipe, frame);
    dropped += fate == FrameFate::kDropped;
    doubled += fate == FrameFate::kDoubled;
    if (fate != FrameFate::kDoubled) continue;
    EXPECT_EQ(frame_fate(recipe, frame - 1), FrameFate::kShown) << frame;
  }
  EXPECT_NEAR(dropped, 600, 80);
  EXPECT_NEAR(doubled, 0.05 * 0.97 * 0.92 * 20000, 100);
  recipe.dropped = 100;
  EXPECT_EQ(frame_fate(recipe, 0), FrameFate::kShown);
  EXPECT_EQ(frame_fate(recipe, 1), FrameFate::kDropped);
}

TEST(FrameOrder, ADoubledFrameShowsTheOneBefore) {
  const RgbImageF before = pattern_picture(40, 30), now = pattern_picture(40, 30, 9, 4);
  DegradeRecipe recipe;
  recipe.doubled = 30;
  const Degrader degrader(recipe, 40, 30);
  EXPECT_TRUE(degrader.needs_previous());
  int doubled = 0;
  for (int frame = 0; frame < 40; ++frame) {
    const Degrader::Told told = degrader.apply_and_tell(now.view(), frame, &before);
    EXPECT_EQ(told.truth.doubled, frame_fate(recipe, frame) == FrameFate::kDoubled);
    EXPECT_EQ(told.picture.samples, told.truth.doubled ? before.samples : now.samples) << frame;
    doubled += told.truth.doubled;
  }
  EXPECT_GT(doubled, 3);
  EXPECT_LT(doubled, 30);
}

}  // namespace
}  // namespace reelface
