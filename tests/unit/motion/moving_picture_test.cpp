// SPDX-License-Identifier: Apache-2.0
#include "motion/moving_picture.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/core.hpp>
#include <thread>

#include "image/opencv_view.h"
#include "unit/film/made_scene.h"

namespace reelface {
namespace {

using testing::Scenery;

constexpr int kWidth = 192, kHeight = 144;

SharedPicture picture_of(const cv::Mat& grey) {
  return std::make_shared<const MovingPicture>(testing::frame_of(grey));
}

PictureWindow window_of(const std::vector<SharedPicture>& pictures) {
  PictureWindow window;
  window.pictures = pictures;
  const std::size_t middle = pictures.size() / 2;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const bool is_middle = pictures[i] == pictures[middle];
    window.steps.push_back(
        is_middle ? nullptr
                  : std::make_shared<const PictureStep>(pictures[std::min(i, middle)], pictures[std::max(i, middle)]));
  }
  return window;
}

PictureWindow pan(double step) {
  const Scenery scenery(4);
  std::vector<SharedPicture> pictures;
  pictures.reserve(5);
  for (int i = 0; i < 5; ++i) pictures.push_back(picture_of(scenery.seen_from({50 + step * i, 50}, {kWidth, kHeight})));
  return window_of(pictures);
}

/// Away from the edges, where there is nothing to fetch.
double rms_inside(const RgbImageF& left, const RgbImageF& right) {
  const cv::Rect inside(24, 24, kWidth - 48, kHeight - 48);
  const cv::Mat difference = opencv_view(left.view())(inside) - opencv_view(right.view())(inside);
  return std::sqrt(cv::norm(difference, cv::NORM_L2SQR) / static_cast<double>(3 * inside.area()));
}

TEST(MovingPicture, NeighboursComeOntoTheMiddle) {
  const PictureWindow window = pan(1.7);
  const auto moved = moved_onto_middle(window);
  ASSERT_EQ(moved.size(), 5U);
  EXPECT_FALSE(moved[2]);
  for (const std::size_t index : {0U, 1U, 3U, 4U}) {
    ASSERT_TRUE(moved[index]) << index;
    const RgbImageF& middle = window.middle()->picture();
    EXPECT_LT(rms_inside(*moved[index], middle), 0.1 * rms_inside(window.pictures[index]->picture(), middle)) << index;
  }
}

TEST(MovingPicture, WhatStandsStillIsUsedAsItIs) {
  for (const auto& neighbour : moved_onto_middle(pan(0))) EXPECT_FALSE(neighbour);
}

TEST(MovingPicture, TheLastOneThereIsStandsInForWhatIsMissing) {
  const Scenery scenery(5);
  const SharedPicture only = picture_of(scenery.seen_from({50, 50}, {kWidth, kHeight}));
  for (const auto& neighbour : moved_onto_middle(window_of({only, only, only, only, only}))) EXPECT_FALSE(neighbour);
}

TEST(MovingPicture, IsMadeOnceForAllWhoAsk) {
  const PictureWindow window = pan(1);
  const RgbImageF *first = nullptr, *second = nullptr;
  std::thread one([&] { first = &window.middle()->picture(); }), two([&] { second = &window.middle()->picture(); });
  one.join();
  two.join();
  EXPECT_EQ(first, second);
  EXPECT_EQ(first->width, kWidth);
}

}  // namespace
}  // namespace reelface
