// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "degrade_pictures.h"

namespace reelface {
namespace {

using namespace testing;

cv::Mat changed(const RgbImageF& clean, const RgbImageF& damaged, double threshold = 0.1) {
  cv::Mat difference, grey;
  cv::absdiff(as_matrix(clean), as_matrix(damaged), difference);
  cv::extractChannel(difference, grey, 1);
  return grey > threshold;
}

TEST(Dust, HasAsManySpecksAsAskedFor) {
  const RgbImageF grey = flat_picture(640, 480, 0.5F);
  double specks = 0;
  constexpr int kFrames = 60;
  for (int frame = 0; frame < kFrames; ++frame) {
    const RgbImageF dusty = degraded(
        grey, [](DegradeRecipe& r) { r.dust = 5; }, frame);
    cv::Mat labels;
    specks += cv::connectedComponents(changed(grey, dusty), labels) - 1;
  }
  EXPECT_NEAR(specks / kFrames, 5, 0.75);
}

TEST(Dust, DoesNotStay) {
  const RgbImageF grey = flat_picture(640, 480, 0.5F);
  const auto dust = [](DegradeRecipe& r) { r.dust = 8; };
  const cv::Mat first = changed(grey, degraded(grey, dust, 10)), second = changed(grey, degraded(grey, dust, 11));
  EXPECT_GT(cv::countNonZero(first), 20);
  EXPECT_LT(cv::countNonZero(first & second), cv::countNonZero(first) / 4);
}

std::vector<int> scratched_columns(const RgbImageF& grey, std::int64_t frame, double scratches) {
  const cv::Mat mask = changed(grey,
                               degraded(
                                   grey, [=](DegradeRecipe& r) { r.scratches = scratches; }, frame),
                               0.02);
  std::vector<int> columns;
  bool inside = false;
  for (int x = 0; x < mask.cols; ++x) {
    const bool marked = cv::countNonZero(mask.col(x)) > mask.rows / 3;
    if (marked && !inside) columns.push_back(x);
    inside = marked;
  }
  return columns;
}

TEST(Scratches, AreAsManyAsAskedForOnAverage) {
  const RgbImageF grey = flat_picture(480, 320, 0.5F);
  double count = 0;
  constexpr int kFrames = 600;
  for (int i = 0; i < kFrames; ++i)
    count += static_cast<double>(scratched_columns(grey, std::int64_t{97} * i, 2).size());
  EXPECT_NEAR(count / kFrames, 2, 0.2);
}

TEST(Scratches, StayForSomeFramesAndRunFromTopToBottom) {
  const RgbImageF grey = flat_picture(480, 320, 0.5F);
  int kept = 0, frames_with = 0;
  for (int frame = 0; frame < 40; ++frame) {
    const std::vector<int> now = scratched_columns(grey, frame, 1.5), next = scratched_columns(grey, frame + 1, 1.5);
    if (now.empty()) continue;
    ++frames_with;
    for (const int column : next) {
      if (std::abs(column - now.front()) <= 3) {
        ++kept;
        break;
      }
    }
  }
  EXPECT_GT(frames_with, 15);
  EXPECT_GE(kept, frames_with * 8 / 10);
}

}  // namespace
}  // namespace reelface
