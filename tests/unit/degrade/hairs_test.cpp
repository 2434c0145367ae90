// SPDX-License-Identifier: Apache-2.0
#include "degrade/hairs.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "degrade_pictures.h"

namespace reelface {
namespace {

using namespace testing;

RgbImageF with_hairs(const RgbImageF& picture, double hairs, std::int64_t frame) {
  return degraded(
      picture, [=](DegradeRecipe& r) { r.hairs = hairs; }, frame);
}

cv::Mat changed(const RgbImageF& clean, const RgbImageF& damaged) {
  cv::Mat difference;
  cv::absdiff(channel_of(clean, 1), channel_of(damaged, 1), difference);
  return difference > 0.1;
}

TEST(Hairs, AreAsManyAsAskedFor) {
  cv::Mat picture(480, 640, CV_32FC3);
  DegradeRecipe recipe;
  recipe.hairs = 3;
  double hairs = 0;
  constexpr int kFrames = 200;
  for (int frame = 0; frame < kFrames; ++frame) hairs += add_hairs(picture, recipe, frame);
  EXPECT_NEAR(hairs / kFrames, 3, 0.4);
}

TEST(Hairs, AreLongAndThinAndInOnePiece) {
  const RgbImageF grey = flat_picture(640, 480, 0.5F);
  int seen = 0;
  for (int frame = 0; frame < 40; ++frame) {
    cv::Mat picture = as_matrix(grey).clone();
    DegradeRecipe recipe;
    recipe.hairs = 0.5;
    if (add_hairs(picture, recipe, frame) != 1) continue;
    const cv::Mat mask = changed(grey, with_hairs(grey, 0.5, frame));
    cv::Mat labels;
    EXPECT_EQ(cv::connectedComponents(mask, labels), 2) << frame;
    cv::Mat distance;
    cv::distanceTransform(mask, distance, cv::DIST_L2, 5);
    double widest = 0;
    cv::minMaxLoc(distance, nullptr, &widest);
    EXPECT_LE(widest, 3) << frame;
    seen += cv::countNonZero(mask) > 60;
  }
  EXPECT_GE(seen, 5);
}

TEST(Hairs, DoNotStay) {
  const RgbImageF grey = flat_picture(640, 480, 0.5F);
  const cv::Mat first = changed(grey, with_hairs(grey, 12, 3)), second = changed(grey, with_hairs(grey, 12, 4));
  EXPECT_GT(cv::countNonZero(first), 200);
  EXPECT_LT(cv::countNonZero(first & second), cv::countNonZero(first) / 5);
}

}  // namespace
}  // namespace reelface
