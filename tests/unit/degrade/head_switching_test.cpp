// SPDX-License-Identifier: Apache-2.0
#include "degrade/head_switching.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "degrade_pictures.h"

namespace reelface {
namespace {

using namespace testing;

RgbImageF torn(const RgbImageF& clean, std::int64_t frame) {
  return degraded(
      clean, [](DegradeRecipe& r) { r.head_switching = 7; }, frame);
}

TEST(HeadSwitching, TearsTheLinesAtTheBottomAndNoOthers) {
  const RgbImageF clean = pattern_picture(160, 120);
  DegradeRecipe recipe;
  recipe.head_switching = 7;
  const Degrader::Told told = Degrader(recipe, 160, 120).apply_and_tell(clean.view(), 4);
  EXPECT_EQ(told.truth.laid.switching_lines, 7);
  const cv::Mat difference = cv::abs(as_matrix(told.picture) - as_matrix(clean));
  EXPECT_EQ(cv::norm(difference.rowRange(0, 113), cv::NORM_INF), 0);
  const cv::Mat mask(120, 160, CV_8U, const_cast<std::uint8_t*>(told.truth.mask.data()));
  EXPECT_EQ(cv::countNonZero(mask.rowRange(0, 113)), 0);
  for (int y = 114; y < 120; ++y) EXPECT_GT(cv::countNonZero(mask.row(y)), 140) << y;
}

/// How far to the right a line lies of where it was, in whole pixels.
int distance_moved(const RgbImageF& clean, const RgbImageF& damaged, int y) {
  const cv::Mat before = channel_of(clean, 1).row(y), after = channel_of(damaged, 1).row(y);
  int best = 0;
  double least = 1e9;
  for (int aside = -40; aside <= 40; ++aside) {
    const int count = before.cols - 40;
    const double difference = cv::norm(before.colRange(std::max(0, -aside), std::max(0, -aside) + count),
                                       after.colRange(std::max(0, aside), std::max(0, aside) + count), cv::NORM_L1);
    if (difference < least) least = difference, best = aside;
  }
  return best;
}

TEST(HeadSwitching, MovesThemFarAndOtherwiseInEachFrame) {
  RgbImageF clean = pattern_picture(320, 120);
  for (std::size_t i = 0; i < clean.samples.size(); i += 3)
    clean.samples[i] = clean.samples[i + 2] = clean.samples[i + 1];  // grey, or the colour that is lost counts too
  std::vector<int> moved(20);
  for (std::size_t frame = 0; frame < moved.size(); ++frame)
    moved[frame] = distance_moved(clean, torn(clean, static_cast<std::int64_t>(frame)), 115);
  const auto [least, most] = std::minmax_element(moved.begin(), moved.end());
  EXPECT_GE(*most - *least, 2);
  EXPECT_EQ(*least > 0, *most > 0) << "to one side";
  EXPECT_GE(std::min(std::abs(*least), std::abs(*most)), 4);
}

}  // namespace
}  // namespace reelface
