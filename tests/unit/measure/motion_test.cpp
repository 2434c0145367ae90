// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "measure/motion.h"
#include "raw_planes.h"
#include "reelface/core/error.h"
#include "support/place_in_rows.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

constexpr int kWidth = 160;
constexpr int kHeight = 120;

SamplePlane moved_pattern(double dx, double dy, double sigma = 0, std::uint32_t seed = 1) {
  SamplePlane plane(kWidth, kHeight);
  plane.samples = testing::with_noise(testing::TestPattern(9).plane(kWidth, kHeight, dx, dy), sigma, seed);
  return plane;
}

RgbImageF grey_rgb(const SamplePlane& plane) {
  RgbImageF picture(plane.width, plane.height);
  for (std::size_t i = 0; i < plane.samples.size(); ++i) {
    for (std::size_t c = 0; c < 3; ++c) picture.samples[3 * i + c] = plane.samples[i];
  }
  return picture;
}

TEST(EstimateMotion, FindsAKnownShiftBothWays) {
  const FrameMotion motion = estimate_motion(moved_pattern(0, 0).view(), moved_pattern(2.5, -1.25).view(), 1);
  double dx = 0, dy = 0, back_dx = 0;
  int count = 0;
  for (int y = 20; y < kHeight - 20; ++y) {
    for (int x = 20; x < kWidth - 20; ++x, ++count) {
      const std::size_t i = 2 * (static_cast<std::size_t>(y) * kWidth + static_cast<std::size_t>(x));
      dx += static_cast<double>(motion.forward.vectors[i]);
      dy += static_cast<double>(motion.forward.vectors[i + 1]);
      back_dx += static_cast<double>(motion.backward.vectors[i]);
    }
  }
  EXPECT_NEAR(dx / count, 2.5, 0.1);
  EXPECT_NEAR(dy / count, -1.25, 0.1);
  EXPECT_NEAR(back_dx / count, -2.5, 0.1);
}

TEST(EstimateMotion, OnASmallerCopyKeepsTheScale) {
  const FrameMotion motion = estimate_motion(moved_pattern(0, 0).view(), moved_pattern(4, 2).view(), 1, 80);
  ASSERT_EQ(motion.forward.width, kWidth);
  const std::size_t middle = 2 * (std::size_t{60} * kWidth + 80);
  EXPECT_NEAR(motion.forward.vectors[middle], 4, 0.4);
  EXPECT_NEAR(motion.forward.vectors[middle + 1], 2, 0.4);
}

TEST(EstimateMotion, TinyPicturesStandStill) {
  const SamplePlane tiny(3, 2);
  const FrameMotion motion = estimate_motion(tiny.view(), tiny.view(), 1);
  EXPECT_EQ(motion.seen, std::vector<std::uint8_t>(6, 1));
}

TEST(SeenInBoth, RefusesDisagreementBoundariesAndOutside) {
  FlowField forward(20, 10), backward(20, 10);
  const auto place_of = [](int x, int y) { return 2 * testing::place_in_rows(x, y, 20); };
  for (std::size_t i = 0; i < forward.vectors.size(); i += 2) {
    forward.vectors[i] = 3;
    backward.vectors[i] = -3;
  }
  std::vector<std::uint8_t> seen = seen_in_both(forward, backward);
  for (int x = 0; x < 20; ++x) EXPECT_EQ(seen[testing::place_in_rows(x, 5, 20)], x + 3 <= 19) << x;

  backward.vectors[place_of(8, 5)] = 4;  // the sample at x = 5 lands here and is sent elsewhere
  seen = seen_in_both(forward, backward);
  EXPECT_EQ(seen[5 * 20 + 5], 0);
  EXPECT_EQ(seen[5 * 20 + 4], 1);

  backward.vectors[place_of(8, 5)] = -3;
  forward.vectors[place_of(10, 5)] = 3.5F;  // a motion boundary
  seen = seen_in_both(forward, backward);
  EXPECT_EQ(seen[5 * 20 + 10], 0);
  EXPECT_EQ(seen[5 * 20 + 9], 0);
  EXPECT_EQ(seen[5 * 20 + 8], 1);
}

TEST(WarpingError, OfAMovingPictureIsSmallAndOfNoiseIsTwiceItsVariance) {
  const SamplePlane now = moved_pattern(0, 0), next = moved_pattern(2, 1);
  const FrameMotion motion = estimate_motion(now.view(), next.view(), 1);
  const double clean = warping_error(grey_rgb(now).view(), grey_rgb(next).view(), motion).mean();
  EXPECT_LT(clean, 2e-5);

  FrameMotion still{FlowField(kWidth, kHeight), FlowField(kWidth, kHeight), {}};
  still.seen = seen_in_both(still.forward, still.backward);
  const RgbImageF first = grey_rgb(moved_pattern(0, 0, 0.05, 1)), second = grey_rgb(moved_pattern(0, 0, 0.05, 2));
  EXPECT_NEAR(warping_error(first.view(), second.view(), still).mean(), 2 * 0.05 * 0.05, 0.05 * 0.005);
  EXPECT_EQ(warping_error(first.view(), first.view(), still).mean(), 0);
}

TEST(WarpingError, LeavesOutWhatIsNotSeen) {
  FrameMotion motion{FlowField(8, 8), FlowField(8, 8), std::vector<std::uint8_t>(64, 0)};
  RgbImageF now(8, 8), next(8, 8);
  testing::sample_at(next, 1, 1) = 1;
  testing::sample_at(next, 4, 2) = 0.5F;
  EXPECT_EQ(warping_error(now.view(), next.view(), motion).samples, 0);
  motion.seen[20] = 1;
  const WarpingError error = warping_error(now.view(), next.view(), motion);
  EXPECT_EQ(error.samples, 3);
  EXPECT_NEAR(error.mean(), 0.25 / 3, 1e-7);
}

TEST(MotionDifference, IsZeroForTheSameAndTheShiftForDifferentMotion) {
  const SamplePlane start = moved_pattern(0, 0), one = moved_pattern(1, 0), three = moved_pattern(3, 0);
  const FlowField slow = farneback_motion(start.view(), one.view(), 1);
  const FlowField fast = farneback_motion(start.view(), three.view(), 1);
  EXPECT_EQ(motion_difference(slow, slow), 0);
  EXPECT_NEAR(motion_difference(fast, slow, 24), 2, 0.35);
  EXPECT_EQ(motion_difference(fast, slow, 60), 0);  // nothing left inside the margin
  EXPECT_THROW(farneback_motion(start.view(), SamplePlane(3, 3).view(), 1), Error);
  EXPECT_THROW(motion_difference(fast, FlowField(3, 3)), Error);
}

}  // namespace
}  // namespace reelface
