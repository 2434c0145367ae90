// SPDX-License-Identifier: Apache-2.0
#include "degrade/blotches.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "degrade_pictures.h"

namespace reelface {
namespace {

using namespace testing;

template <class Add>
double mean_count(Add add, const DegradeRecipe& recipe) {
  cv::Mat picture(480, 640, CV_32FC3, cv::Scalar::all(0.5));
  double count = 0;
  constexpr int kFrames = 150;
  for (int frame = 0; frame < kFrames; ++frame) count += add(picture, recipe, frame);
  return count / kFrames;
}

TEST(Blotches, AreAsManyAsAskedFor) {
  DegradeRecipe recipe;
  recipe.blotches = 2;
  EXPECT_NEAR(mean_count(add_blotches, recipe), 2, 0.35);
  recipe.chroma_blotches = 3;
  EXPECT_NEAR(mean_count(add_chroma_blotches, recipe), 3, 0.4);
}

TEST(Blotches, AreLargerThanDirtAndOfBothSigns) {
  const RgbImageF grey = flat_picture(640, 480, 0.5F);
  std::vector<double> areas;
  int light = 0, dark = 0;
  for (int frame = 0; frame < 60; ++frame) {
    const RgbImageF stained = degraded(
        grey, [](DegradeRecipe& r) { r.blotches = 1; }, frame);
    const cv::Mat difference = channel_of(stained, 0) - 0.5;
    const double area = cv::countNonZero(cv::abs(difference) > 0.05);
    if (area > 0) areas.push_back(area);
    light += cv::countNonZero(difference > 0.05) > 0;
    dark += cv::countNonZero(difference < -0.05) > 0;
    EXPECT_EQ(channel_of(stained, 0).at<float>(200, 300), channel_of(stained, 2).at<float>(200, 300));
  }
  std::nth_element(areas.begin(), areas.begin() + static_cast<std::ptrdiff_t>(areas.size() / 2), areas.end());
  EXPECT_GT(areas[areas.size() / 2], 400);
  EXPECT_GT(light, 10);
  EXPECT_GT(dark, 10);
}

TEST(ChromaBlotches, ChangeColourAndLeaveBrightness) {
  const RgbImageF clean = flat_picture(640, 480, 0.5F);
  const RgbImageF stained = degraded(
      clean, [](DegradeRecipe& r) { r.chroma_blotches = 6; }, 4);
  const cv::Mat luma =
      0.2126 * channel_of(stained, 0) + 0.7152 * channel_of(stained, 1) + 0.0722 * channel_of(stained, 2);
  EXPECT_LT(cv::norm(luma - 0.5, cv::NORM_INF), 1e-5);
  const cv::Mat colour = cv::abs(channel_of(stained, 0) - 0.5) + cv::abs(channel_of(stained, 2) - 0.5);
  EXPECT_GT(cv::countNonZero(colour > 0.03), 1000);
}

}  // namespace
}  // namespace reelface
