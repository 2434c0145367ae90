// SPDX-License-Identifier: Apache-2.0
#include "motion/passing_specks.h"

#include <gtest/gtest.h>

#include "unit/motion/moving_crop.h"

namespace reelface {
namespace {

using namespace reelface::testing;  // NOLINT: helpers of this test

constexpr int kSide = 96;

std::vector<RgbViewF> views_of(const std::vector<cv::Mat>& pictures) {
  std::vector<RgbViewF> views;
  views.reserve(pictures.size());
  for (const cv::Mat& picture : pictures) views.push_back(view_of(picture));
  return views;
}

/// Fine texture that all have, and a little noise.
std::vector<cv::Mat> textured() {
  const cv::Mat texture = cv::Mat(kSide, kSide, CV_32FC3, cv::Scalar::all(0.5)) + noise(kSide, 0.15, 1);
  std::vector<cv::Mat> pictures;
  for (unsigned i = 0; i < 5; ++i) pictures.push_back(texture + noise(kSide, 1.0 / 255, 10 + i));
  return pictures;
}

TEST(PassingSpecks, AreWhatOnlyTheMiddleShows) {
  std::vector<cv::Mat> pictures = textured();
  cv::circle(pictures[2], {40, 50}, 2, cv::Scalar::all(0.95), -1);
  const cv::Mat specks = passing_specks(views_of(pictures), 1);
  EXPECT_GT(specks.at<float>(50, 40), 0.9F);
  EXPECT_EQ(specks.at<float>(50, 70), 0);
  EXPECT_LE(cv::countNonZero(specks), 13 * 13);
}

TEST(PassingSpecks, TextureNoiseAndSpecksOfNeighboursAreNone) {
  std::vector<cv::Mat> pictures = textured();
  cv::circle(pictures[1], {40, 50}, 2, cv::Scalar::all(0.05), -1);
  EXPECT_EQ(cv::countNonZero(passing_specks(views_of(pictures), 1)), 0);
}

}  // namespace
}  // namespace reelface
