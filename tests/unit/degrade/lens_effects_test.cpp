// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "degrade_pictures.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

using namespace testing;

struct Spread {
  double along, across, degrees;
};

/// Widths of the picture that a single bright dot becomes.
Spread spread_of_dot(const std::function<void(DegradeRecipe&)>& fill) {
  RgbImageF dot(101, 101);
  for (int c = 0; c < 3; ++c) sample_at(dot, 50, 50, c) = 1;
  const cv::Moments m = cv::moments(channel_of(degraded(dot, fill), 1));
  const double xx = m.mu20 / m.m00, yy = m.mu02 / m.m00, xy = m.mu11 / m.m00;
  const double middle = (xx + yy) / 2, reach = std::hypot((xx - yy) / 2, xy);
  return {std::sqrt(middle + reach), std::sqrt(middle - reach), 0.5 * std::atan2(2 * xy, xx - yy) * 180 / CV_PI};
}

TEST(Blur, HasTheSigmaAskedFor) {
  for (const double sigma : {0.8, 1.0, 2.5, 6.0}) {
    const Spread spread = spread_of_dot([=](DegradeRecipe& r) { r.blur = sigma; });
    EXPECT_NEAR(spread.along, sigma, 0.1 * sigma);
    EXPECT_NEAR(spread.across, sigma, 0.1 * sigma);
  }
}

TEST(Blur, HasTheDirectionAskedFor) {
  const Spread spread = spread_of_dot([](DegradeRecipe& r) { r.blur = 5, r.blur_ratio = 0.3, r.blur_angle = 30; });
  EXPECT_NEAR(spread.along, 5, 0.5);
  EXPECT_NEAR(spread.across, 1.5, 0.15);
  EXPECT_NEAR(spread.degrees, 30, 1);
}

TEST(Shrink, TakesFineDetailAndKeepsCoarse) {
  RgbImageF fine(120, 96), coarse(120, 96);
  for (int y = 0; y < 96; ++y) {
    for (int x = 0; x < 120; ++x) {
      for (int c = 0; c < 3; ++c) {
        sample_at(fine, x, y, c) = x % 2 ? 0.9F : 0.1F;
        sample_at(coarse, x, y, c) = x / 30 % 2 ? 0.9F : 0.1F;
      }
    }
  }
  const auto shrink = [](DegradeRecipe& r) { r.shrink = 3; };
  EXPECT_LT(statistics_of(as_matrix(degraded(fine, shrink))).sigma[0], 0.16);
  EXPECT_GT(statistics_of(as_matrix(degraded(coarse, shrink))).sigma[0], 0.36);
}

TEST(Shrink, MayStaySmallWithEvenSides) {
  DegradeRecipe recipe;
  recipe.shrink = 3;
  EXPECT_EQ(Degrader(recipe, 101, 77).output_width(), 101);
  recipe.keep_small = 1;
  const Degrader degrader(recipe, 101, 77);
  EXPECT_EQ(degrader.output_width(), 34);
  EXPECT_EQ(degrader.output_height(), 26);
  const RgbImageF small = degrader.apply(pattern_picture(101, 77).view(), 0);
  EXPECT_EQ(small.width, 34);
  EXPECT_EQ(small.height, 26);
}

/// Red is the column, green the row: any pixel tells how far the picture was moved.
cv::Point2d displacement(const std::function<void(DegradeRecipe&)>& fill, std::int64_t frame) {
  constexpr int kSide = 65;
  RgbImageF ramps(kSide, kSide);
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      sample_at(ramps, x, y, 0) = static_cast<float>(x) / kSide;
      sample_at(ramps, x, y, 1) = static_cast<float>(y) / kSide;
    }
  }
  const cv::Vec3f pixel = as_matrix(degraded(ramps, fill, frame)).at<cv::Vec3f>(32, 32);
  return {32 - static_cast<double>(pixel[0]) * kSide, 32 - static_cast<double>(pixel[1]) * kSide};
}

TEST(Shift, WeaveAndJitterMoveTheWholePictureByTheirRms) {
  for (double DegradeRecipe::*effect : {&DegradeRecipe::weave, &DegradeRecipe::jitter}) {
    double across = 0, down = 0;
    constexpr int kFrames = 2000;
    for (int frame = 0; frame < kFrames; ++frame) {
      const cv::Point2d at = displacement([=](DegradeRecipe& r) { r.*effect = 2; }, frame);
      across += at.x * at.x;
      down += at.y * at.y;
    }
    EXPECT_NEAR(std::sqrt(across / kFrames), 2, 0.1);
    EXPECT_NEAR(std::sqrt(down / kFrames), 2, 0.1);
  }
}

TEST(Shift, WeaveIsSlowAndJitterIsNot) {
  const auto mean_step = [](double DegradeRecipe::*effect) {
    double sum = 0;
    cv::Point2d last;
    for (int frame = 0; frame < 60; ++frame) {
      const cv::Point2d at = displacement([=](DegradeRecipe& r) { r.*effect = 2; }, frame);
      if (frame > 0) sum += std::hypot(at.x - last.x, at.y - last.y);
      last = at;
    }
    return sum / 59;
  };
  EXPECT_LT(mean_step(&DegradeRecipe::weave), 0.6);
  EXPECT_GT(mean_step(&DegradeRecipe::jitter), 2.5);
}

}  // namespace
}  // namespace reelface
