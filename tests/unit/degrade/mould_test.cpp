// SPDX-License-Identifier: Apache-2.0
#include "degrade/mould.h"

#include <gtest/gtest.h>

#include "degrade_pictures.h"

namespace reelface {
namespace {

using namespace testing;

TEST(Mould, HasAsManyColoniesAsAskedForOnAverage) {
  DegradeRecipe recipe;
  recipe.mould = 2;
  double colonies = 0;
  constexpr int kFrames = 400;
  for (int i = 0; i < kFrames; ++i) {
    cv::Mat picture(120, 160, CV_32FC3, cv::Scalar::all(0.5));
    colonies += add_mould(picture, recipe, std::int64_t{211} * i);
  }
  EXPECT_NEAR(colonies / kFrames, 2, 0.2);
}

TEST(Mould, StaysInItsPlaceWithOtherThreadsOnEachFrame) {
  const RgbImageF grey = flat_picture(640, 480, 0.5F);
  const auto eaten = [&](std::int64_t frame) {
    const RgbImageF picture = degraded(
        grey, [](DegradeRecipe& r) { r.mould = 4; }, frame);
    return cv::Mat(cv::abs(channel_of(picture, 0) - 0.5) > 0.05);
  };
  const cv::Mat first = eaten(300), second = eaten(301);
  const double area = cv::countNonZero(first);
  ASSERT_GT(area, 1000);
  EXPECT_LT(cv::countNonZero(first & second), 0.7 * area);
  // In the same 80 by 80 pixels, though.
  for (int y = 0; y < 480; y += 80) {
    for (int x = 0; x < 640; x += 80) {
      const cv::Rect cell(x, y, 80, 80);
      EXPECT_NEAR(cv::countNonZero(first(cell)), cv::countNonZero(second(cell)),
                  200 + 0.5 * cv::countNonZero(first(cell)));
    }
  }
}

TEST(Mould, LeavesMostOfItsPatchVisible) {
  const RgbImageF grey = flat_picture(640, 480, 0.5F);
  const RgbImageF picture = degraded(
      grey, [](DegradeRecipe& r) { r.mould = 3; }, 7);
  const cv::Mat changed = cv::abs(channel_of(picture, 0) - 0.5) > 0.02;
  EXPECT_GT(cv::countNonZero(changed), 500);
  EXPECT_LT(cv::countNonZero(changed), 0.1 * 640 * 480);
}

}  // namespace
}  // namespace reelface
