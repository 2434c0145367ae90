// SPDX-License-Identifier: Apache-2.0
#include "motion/trusted_neighbours.h"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/motion/moving_crop.h"

namespace reelface {
namespace {

using namespace reelface::testing;  // NOLINT: helpers of this test

constexpr int kSide = 128;
constexpr double kNoise = 8;
const cv::Rect kPlace(40, 48, 40, 36);

/// Five pictures of one thing, each with noise of its own.
std::vector<cv::Mat> same_thing() {
  const cv::Mat texture = soft_texture(3, kSide, 2.5);
  std::vector<cv::Mat> pictures;
  for (unsigned i = 0; i < 5; ++i) pictures.push_back(texture + noise(kSide, kNoise / 255, i));
  return pictures;
}

GrainModel noise_of_all_tones() {
  GrainModel model;
  model.sigma.fill(kNoise / 255);
  model.blocks = 100;
  return model;
}

std::vector<cv::Mat> kept(const std::vector<cv::Mat>& given) {
  std::vector<RgbViewF> pictures;
  pictures.reserve(given.size());
  for (const cv::Mat& picture : given) pictures.push_back(view_of(picture));
  std::vector<std::unique_ptr<RgbImageF>> made(given.size());
  keep_what_is_the_same(pictures, made, noise_of_all_tones());
  std::vector<cv::Mat> result;
  result.reserve(pictures.size());
  for (const RgbViewF& picture : pictures)
    result.push_back(cv::Mat(picture.height, picture.width, CV_32FC3, const_cast<float*>(picture.samples)).clone());
  return result;
}

double share_changed(const cv::Mat& before, const cv::Mat& after, const cv::Rect& place) {
  cv::Mat difference, grey;
  cv::absdiff(before(place), after(place), difference);
  cv::cvtColor(difference, grey, cv::COLOR_RGB2GRAY);
  return cv::countNonZero(grey > 1e-4) / static_cast<double>(place.area());
}

double distance(const cv::Mat& left, const cv::Mat& right, const cv::Rect& place) {
  return 255 * std::sqrt(cv::norm(left(place), right(place), cv::NORM_L2SQR) / (3.0 * place.area()));
}

TEST(TrustedNeighbours, WhatIsTheSameStays) {
  const std::vector<cv::Mat> given = same_thing(), result = kept(given);
  for (const std::size_t i : {0U, 1U, 3U, 4U}) {
    EXPECT_LT(share_changed(given[i], result[i], {0, 0, kSide, kSide}), 0.08) << i;
    EXPECT_GT(distance(result[i], result[2], {0, 0, kSide, kSide}), 0.9 * std::sqrt(2) * kNoise) << i;
  }
}

TEST(TrustedNeighbours, WhatIsNotThereYetIsTakenFromTheMiddle) {
  std::vector<cv::Mat> given = same_thing();
  for (const std::size_t i : {2U, 3U, 4U}) given[i](kPlace) += cv::Scalar(0.3, 0.3, 0.3);
  const std::vector<cv::Mat> result = kept(given);
  const cv::Rect inside(kPlace.x + 10, kPlace.y + 10, kPlace.width - 20, kPlace.height - 20);
  for (const std::size_t i : {0U, 1U}) EXPECT_LT(distance(result[i], given[2], inside), 1) << i;
  for (const std::size_t i : {3U, 4U}) EXPECT_LT(share_changed(given[i], result[i], inside), 0.1) << i;
}

TEST(TrustedNeighbours, DirtOnTheMiddleIsNoReason) {
  std::vector<cv::Mat> given = same_thing();
  const cv::Rect speck(60, 60, 4, 4);
  given[2](speck) -= cv::Scalar(0.4, 0.4, 0.4);
  const std::vector<cv::Mat> result = kept(given);
  for (const std::size_t i : {1U, 3U}) EXPECT_LT(share_changed(given[i], result[i], speck), 0.1) << i;
}

TEST(TrustedNeighbours, WhatIsLargerThanDirtMoves) {
  std::vector<cv::Mat> given = same_thing();
  given[2](kPlace) -= cv::Scalar(0.4, 0.4, 0.4);
  const std::vector<cv::Mat> result = kept(given);
  const cv::Rect inside(kPlace.x + 10, kPlace.y + 10, kPlace.width - 20, kPlace.height - 20);
  for (const std::size_t i : {0U, 1U, 3U, 4U}) EXPECT_LT(distance(result[i], given[2], inside), 1) << i;
}

TEST(TrustedNeighbours, TellHowMuchNoiseTheMeanHas) {
  std::vector<cv::Mat> given = same_thing();
  for (const std::size_t i : {0U, 1U, 3U, 4U}) given[i](kPlace) += cv::Scalar(0.3, 0.3, 0.3);
  std::vector<RgbViewF> pictures;
  pictures.reserve(given.size());
  for (const cv::Mat& picture : given) pictures.push_back(view_of(picture));
  std::vector<std::unique_ptr<RgbImageF>> made(given.size());
  const cv::Mat share = keep_what_is_the_same(pictures, made, noise_of_all_tones());
  EXPECT_NEAR(share.at<float>(kPlace.y + kPlace.height / 2, kPlace.x + kPlace.width / 2), 1, 0.01);
  EXPECT_NEAR(share.at<float>(12, 100), 0.2, 0.02);
}

TEST(TrustedNeighbours, FlickerIsForgiven) {
  std::vector<cv::Mat> given = same_thing();
  for (const std::size_t i : {0U, 3U}) given[i] = given[i] * 1.06;
  const std::vector<cv::Mat> result = kept(given);
  for (const std::size_t i : {0U, 3U}) EXPECT_LT(share_changed(given[i], result[i], {0, 0, kSide, kSide}), 0.08) << i;
}

TEST(TrustedNeighbours, RepeatsOfTheMiddleAreLeftAlone) {
  const cv::Mat only = same_thing()[0];
  std::vector<RgbViewF> pictures(5, view_of(only));
  std::vector<std::unique_ptr<RgbImageF>> made(5);
  keep_what_is_the_same(pictures, made, noise_of_all_tones());
  for (const auto& picture : made) EXPECT_FALSE(picture);
}

}  // namespace
}  // namespace reelface
