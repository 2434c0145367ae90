// SPDX-License-Identifier: Apache-2.0
#include "film/global_motion.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "made_scene.h"

namespace reelface {
namespace {

using testing::Scenery;
using testing::with_noise;

const cv::Size kSize(320, 240);
const cv::Point2d kCorner(100, 100);

GlobalMotion motion_of(const Scenery& world, cv::Point2d shift, double noise = 0, double gain = 1) {
  // The camera going left makes the picture go right.
  cv::Mat before = with_noise(world.seen_from(kCorner, kSize), noise, 1);
  cv::Mat now = with_noise(world.seen_from(kCorner - shift, kSize) * gain, noise, 2);
  cv::GaussianBlur(before, before, {}, 1);
  cv::GaussianBlur(now, now, {}, 1);
  return find_global_motion(before, now);
}

TEST(GlobalMotion, IsFoundToAFiftiethOfAPixel) {
  const Scenery world(1);
  for (const cv::Point2d shift : {cv::Point2d(0, 0), {0.3, -0.7}, {1.5, 0.25}, {-7.6, 3.1}, {24.4, -11.8}}) {
    const GlobalMotion motion = motion_of(world, shift);
    ASSERT_TRUE(motion.is_known);
    EXPECT_NEAR(motion.shift.x, shift.x, 0.02);
    EXPECT_NEAR(motion.shift.y, shift.y, 0.02);
  }
}

TEST(GlobalMotion, GrainAndFlickerDoNotMatter) {
  const Scenery world(2);
  const GlobalMotion motion = motion_of(world, {0.6, -0.4}, 12, 1.06);
  ASSERT_TRUE(motion.is_known);
  EXPECT_NEAR(motion.shift.x, 0.6, 0.03);
  EXPECT_NEAR(motion.shift.y, -0.4, 0.03);
}

TEST(GlobalMotion, WhatMovesByItselfDoesNotMatter) {
  const Scenery world(3);
  const Scenery people(4);
  cv::Mat before = world.seen_from(kCorner, kSize), now = world.seen_from(kCorner - cv::Point2d(0.5, 0.2), kSize);
  people.seen_from({50, 50}, {110, 200}).copyTo(before(cv::Rect(90, 40, 110, 200)));
  people.seen_from({45, 52}, {110, 200}).copyTo(now(cv::Rect(90, 40, 110, 200)));
  const GlobalMotion motion = find_global_motion(before, now);
  ASSERT_TRUE(motion.is_known);
  EXPECT_NEAR(motion.shift.x, 0.5, 0.03);
  EXPECT_NEAR(motion.shift.y, 0.2, 0.03);
}

TEST(GlobalMotion, NothingIsClaimedWithoutTexture) {
  EXPECT_FALSE(find_global_motion(cv::Mat(kSize, CV_32F, 90.0), cv::Mat(kSize, CV_32F, 92.0)).is_known);
}

TEST(GlobalMotion, SmallPicturesAreLookedAtToo) {
  const Scenery world(5);
  const GlobalMotion motion =
      find_global_motion(world.seen_from({50, 50}, {33, 17}), world.seen_from({49.6, 50.2}, {33, 17}));
  ASSERT_TRUE(motion.is_known);
  EXPECT_NEAR(motion.shift.x, 0.4, 0.1);
  EXPECT_NEAR(motion.shift.y, -0.2, 0.1);
}

}  // namespace
}  // namespace reelface
