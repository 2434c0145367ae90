// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "degrade_pictures.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

using namespace testing;

RgbImageF red_bar(int from, int to) {
  RgbImageF picture = flat_picture(96, 32, 0.4F);
  for (int y = 0; y < 32; ++y) {
    for (int x = from; x < to; ++x) {
      float* pixel = &sample_at(picture, x, y);
      pixel[0] = 0.8F;
      pixel[1] = pixel[2] = 0.2F;
    }
  }
  return picture;
}

cv::Mat codes_of(const RgbImageF& picture) {
  cv::Mat codes;
  cv::cvtColor(as_matrix(picture), codes, cv::COLOR_RGB2YCrCb);
  return codes;
}

double centre_of_red(const RgbImageF& picture) {
  cv::Mat red;
  cv::extractChannel(codes_of(picture), red, 1);
  const cv::Moments m = cv::moments(cv::Mat(cv::abs(red - 0.5)));
  return m.m10 / m.m00;
}

TEST(Chroma, ShiftMovesColourAndLeavesBrightness) {
  const RgbImageF clean = red_bar(30, 60);
  const RgbImageF moved = degraded(clean, [](DegradeRecipe& r) { r.chroma_shift = 3; });
  EXPECT_NEAR(centre_of_red(moved) - centre_of_red(clean), 3, 0.05);
  cv::Mat before, after;
  cv::extractChannel(codes_of(clean), before, 0);
  cv::extractChannel(codes_of(moved), after, 0);
  EXPECT_LT(cv::norm(before, after, cv::NORM_INF), 0.12);  // clamping of impossible colours moves it a little
}

TEST(Chroma, BlurHasTheSigmaAskedFor) {
  const RgbImageF clean = red_bar(47, 48);
  cv::Mat red;
  cv::extractChannel(codes_of(degraded(clean, [](DegradeRecipe& r) { r.chroma_blur = 4; })), red, 1);
  const cv::Moments m = cv::moments(cv::Mat(red - 0.5));
  EXPECT_NEAR(std::sqrt(m.mu20 / m.m00), 4, 0.4);
}

TEST(LineJitter, MovesEachLineOnItsOwn) {
  RgbImageF ramp(40, 4000);
  for (int y = 0; y < 4000; ++y) {
    for (int x = 0; x < 40; ++x) {
      for (int c = 0; c < 3; ++c) sample_at(ramp, x, y, c) = static_cast<float>(x) / 40;
    }
  }
  const cv::Mat moved = channel_of(degraded(ramp, [](DegradeRecipe& r) { r.line_jitter = 1.5; }), 0);
  const cv::Mat column = moved.col(20) * 40 - 20;  // a ramp tells the shift at once
  const ChannelStatistics found = statistics_of(column);
  EXPECT_NEAR(found.sigma[0], 1.5, 0.075);
  EXPECT_NEAR(correlation(column.rowRange(0, 3999), column.rowRange(1, 4000)), 0, 0.05);
}

TEST(Interlace, EverySecondLineIsTheFrameBefore) {
  const RgbImageF now = pattern_picture(40, 31), before = pattern_picture(40, 31, 5, 0);
  DegradeRecipe recipe;
  recipe.interlace = 1;
  const Degrader degrader(recipe, 40, 31);
  const RgbImageF woven = degrader.apply(now.view(), 1, &before);
  for (int y = 0; y < 31; ++y) {
    const RgbImageF& expected = y % 2 ? before : now;
    EXPECT_EQ(cv::norm(as_matrix(woven).row(y), as_matrix(expected).row(y), cv::NORM_INF), 0) << y;
  }
  EXPECT_EQ(degrader.apply(now.view(), 0).samples, now.samples);  // the first frame has nothing before it
}

}  // namespace
}  // namespace reelface
