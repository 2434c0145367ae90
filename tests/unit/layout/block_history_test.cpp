// SPDX-License-Identifier: Apache-2.0
#include "layout/block_history.h"

#include <gtest/gtest.h>

#include <functional>

namespace reelface {
namespace {

constexpr int kFrames = 31, kMiddle = 15;
constexpr double kFramesPerSecond = 15;

struct Square {
  bool is_moving = false, is_still = false;
};

/// One square of the middle frame, which changes with these frames.
Square square_that_changes(const std::function<bool(int)>& changes_with, int frames = kFrames, int middle = kMiddle) {
  std::vector<LayoutSigns> signs(static_cast<std::size_t>(frames));
  LayoutWindow window;
  window.middle = static_cast<std::size_t>(middle);
  for (int number = 0; number < frames; ++number) {
    LayoutSigns& sign = signs[static_cast<std::size_t>(number)];
    sign.from_seconds = sign.to_seconds = number / kFramesPerSecond;
    sign.blocks.plain = cv::Mat(1, 1, CV_8U, cv::Scalar(0));
    if (number > 0) sign.changed = cv::Mat(1, 1, CV_8U, cv::Scalar(changes_with(number) ? 255 : 0));
    window.frames.push_back(&sign);
  }
  const BlockHistory history = block_history(window);
  return {history.moving.at<std::uint8_t>(0, 0) != 0, history.still.at<std::uint8_t>(0, 0) != 0};
}

Square square_that_changes_every(int step) {
  return square_that_changes([step](int frame) { return frame % step == 0; });
}

TEST(BlockHistory, TellsNoiseFromPagesThatAreTurned) {
  EXPECT_TRUE(square_that_changes_every(1).is_moving);
  EXPECT_TRUE(square_that_changes_every(3).is_moving) << "in 10 of 30 frames";
  EXPECT_FALSE(square_that_changes_every(4).is_moving) << "in 7";
  EXPECT_FALSE(square_that_changes([](int) { return false; }).is_moving);
}

TEST(BlockHistory, WhatChangesSeldomIsStill) {
  EXPECT_TRUE(square_that_changes([](int) { return false; }).is_still);
  EXPECT_TRUE(square_that_changes_every(5).is_still) << "in 6 of 30 frames, as a page does whose bits arrive";
  EXPECT_FALSE(square_that_changes_every(4).is_still) << "in 7";
}

TEST(BlockHistory, WhatStaysForASecondIsStillWhateverWasBefore) {
  const auto busy_but = [](int from, int end) { return [=](int frame) { return frame < from || frame >= end; }; };
  EXPECT_TRUE(square_that_changes(busy_but(8, 23)).is_still) << "from frame 7, the last change, to 23";
  EXPECT_FALSE(square_that_changes(busy_but(9, 22)).is_still);
}

TEST(BlockHistory, TwoChangesAreTheLeastForMovement) {
  EXPECT_FALSE(square_that_changes([](int frame) { return frame == 1; }, 3, 1).is_moving);
  EXPECT_TRUE(square_that_changes([](int) { return true; }, 3, 1).is_moving);
}

}  // namespace
}  // namespace reelface
