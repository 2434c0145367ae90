// SPDX-License-Identifier: Apache-2.0
#include "measure/steadiness.h"

#include <gtest/gtest.h>

#include <cmath>

#include "raw_planes.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

SamplePlane plane_of(const std::vector<float>& values, int width, int height) {
  SamplePlane plane(width, height);
  plane.samples = values;
  return plane;
}

TEST(StaticFlicker, IsTheNoiseOfAStillReference) {
  const std::vector<float> pattern = testing::TestPattern(2).plane(120, 80);
  const SamplePlane still = plane_of(pattern, 120, 80);
  const SamplePlane first = plane_of(testing::with_noise(pattern, 0.02, 1), 120, 80);
  const SamplePlane second = plane_of(testing::with_noise(pattern, 0.02, 2), 120, 80);
  const StaticFlicker flicker = static_flicker(first.view(), second.view(), still.view(), still.view());
  EXPECT_EQ(flicker.samples, 120 * 80);
  EXPECT_NEAR(flicker.rms(), 0.02 * std::sqrt(2.0), 0.001);
  EXPECT_EQ(static_flicker(first.view(), first.view(), still.view(), still.view()).rms(), 0);
}

TEST(StaticFlicker, MovingPartsDoNotCount) {
  SamplePlane before(60, 40), after(60, 40);
  for (int y = 0; y < 40; ++y) {
    for (int x = 30; x < 60; ++x) after.row(y)[x] = 0.5F;
  }
  const StaticFlicker flicker = static_flicker(before.view(), after.view(), before.view(), after.view());
  EXPECT_EQ(flicker.samples, 28 * 40);  // the 5x5 mean reaches two columns into the still half
  EXPECT_EQ(flicker.rms(), 0);
  EXPECT_EQ(StaticFlicker{}.rms(), 0);
}

TEST(LandmarkJitter, EvenMotionDoesNotTremble) {
  std::vector<Point> path;
  path.reserve(10);
  for (int i = 0; i < 10; ++i) path.push_back({static_cast<float>(3 * i), static_cast<float>(-2 * i)});
  EXPECT_EQ(landmark_jitter(path, 100), 0);
}

TEST(LandmarkJitter, OfAlternatingPointsIsFourTimesTheirStep) {
  std::vector<Point> path;
  path.reserve(12);
  for (int i = 0; i < 12; ++i) path.push_back({i % 2 ? 1.0F : -1.0F, 5});
  EXPECT_NEAR(*landmark_jitter(path, 50), 4.0 / 50, 1e-9);
}

TEST(LandmarkJitter, OfIndependentNoiseIsRootSix) {
  const std::vector<float> x = testing::with_noise(std::vector<float>(20000, 0), 0.5, 1);
  std::vector<Point> path;
  path.reserve(x.size());
  for (const float value : x) path.push_back({value, 0});
  EXPECT_NEAR(*landmark_jitter(path, 1), 0.5 * std::sqrt(6.0), 0.03);
}

TEST(LandmarkJitter, NeedsThreeFramesAndEqualPointCounts) {
  EXPECT_FALSE(landmark_jitter(std::vector<Point>{{1, 1}, {2, 2}}, 1));
  EXPECT_FALSE(landmark_jitter(std::vector<Point>{{1, 1}, {2, 2}, {3, 3}}, 0));
  EXPECT_FALSE(landmark_jitter(std::vector<std::vector<Point>>(5), 1));
  EXPECT_THROW(landmark_jitter(std::vector<std::vector<Point>>{{{1, 1}}, {{1, 1}, {2, 2}}, {{1, 1}}}, 1), Error);
}

TEST(LandmarkTrembling, IsTheSameFrameByFrame) {
  const std::vector<float> x = testing::with_noise(std::vector<float>(400, 0), 0.5, 1);
  std::vector<std::vector<Point>> path;
  LandmarkTrembling trembling;
  for (std::int64_t frame = 0; frame < 200; ++frame) {
    const auto at = static_cast<std::size_t>(2 * frame);
    path.push_back({{x[at], 1}, {3, x[at + 1]}});
    trembling.add(frame, {{7, path.back(), 40}});
  }
  EXPECT_NEAR(*trembling.rms(), *landmark_jitter(path, 40), 1e-9);
}

TEST(LandmarkTrembling, NothingIsSpannedOverGapsAndCuts) {
  LandmarkTrembling trembling;
  for (const std::int64_t frame : {0, 1, 3, 4, 6})
    trembling.add(frame, {{1, {{static_cast<float>(frame % 2), 0}}, 10}});
  EXPECT_FALSE(trembling.rms());
  trembling.restart();
  for (const std::int64_t frame : {7, 8, 9}) trembling.add(frame, {{1, {{0, 0}}, 10}, {2, {{5, 5}}, 10}});
  EXPECT_EQ(*trembling.rms(), 0);
}

TEST(BrightnessPumping, CountsChangesOfTheDifferenceOnly) {
  BrightnessPumping constant, pumping, cut;
  for (int i = 0; i < 20; ++i) {
    const double scene = 0.4 + 0.01 * i;
    constant.add(scene + 0.1, scene);
    pumping.add(scene + (i % 2 ? 0.02 : -0.02), scene);
  }
  EXPECT_NEAR(constant.rms(), 0, 1e-12);
  EXPECT_NEAR(pumping.rms(), 0.04, 1e-12);
  EXPECT_EQ(pumping.pairs(), 19);
  cut.add(0.5, 0.5);
  cut.restart();
  cut.add(0.9, 0.2);
  EXPECT_EQ(cut.pairs(), 0);
  EXPECT_EQ(cut.rms(), 0);
}

TEST(MeanOf, APlane) {
  SamplePlane plane(4, 2);
  plane.row(1)[3] = 8;
  EXPECT_EQ(mean_of(plane.view()), 1);
  EXPECT_EQ(mean_of(SampleView{}), 0);
}

}  // namespace
}  // namespace reelface
