// SPDX-License-Identifier: Apache-2.0
#include "film/tone_change.h"

#include <gtest/gtest.h>

#include "made_scene.h"

namespace reelface {
namespace {

using testing::Scenery;
using testing::with_noise;

const cv::Mat kEverywhere(240, 320, CV_8U, cv::Scalar(1));

TEST(ToneChange, AGainIsFoundAtEveryLevel) {
  const cv::Mat before = Scenery(1).seen_from({}, {320, 240});
  const ToneChange change = measure_tone_change(with_noise(before, 6, 1), with_noise(before * 1.03, 6, 2), kEverywhere);
  ASSERT_TRUE(change.is_known);
  for (const double grey : {60, 100, 140, 180}) EXPECT_NEAR(change.at(grey, 0, 0), 0.03 * grey, 0.5) << grey;
}

TEST(ToneChange, WhatEntersThePictureIsNoFlicker) {
  const cv::Mat before = Scenery(2).seen_from({}, {320, 240});
  cv::Mat now = before * 0.98;
  now(cv::Rect(40, 30, 120, 150)) = 230;
  const ToneChange change = measure_tone_change(before, now, kEverywhere);
  ASSERT_TRUE(change.is_known);
  for (const double grey : {80, 120, 160}) EXPECT_NEAR(change.at(grey, 0, 0), -0.02 * grey, 0.5) << grey;
}

TEST(ToneChange, UnevenLightIsAPlaneOfGain) {
  const cv::Mat before = Scenery(3).seen_from({}, {320, 240});
  cv::Mat now = before.clone();
  for (int x = 0; x < now.cols; ++x) now.col(x) *= 1 + 0.04 * (2.0 * x / (now.cols - 1) - 1);
  const ToneChange change = measure_tone_change(before, now, kEverywhere);
  ASSERT_TRUE(change.is_known);
  EXPECT_NEAR(change.at(120, 1, 0), 4.8, 0.6);
  EXPECT_NEAR(change.at(120, -1, 0), -4.8, 0.6);
}

TEST(ToneChange, AStillPictureHasNone) {
  const cv::Mat before = Scenery(4).seen_from({}, {320, 240});
  const ToneChange change = measure_tone_change(before, before, kEverywhere);
  for (const double grey : {0, 128, 255}) EXPECT_NEAR(change.at(grey, 0.5, -0.5), 0, 1e-9);
}

TEST(ToneChange, TooFewSamplesSayNothing) {
  const cv::Mat before = Scenery(5).seen_from({}, {320, 240});
  EXPECT_FALSE(measure_tone_change(before, before, cv::Mat(240, 320, CV_8U, cv::Scalar(0))).is_known);
}

}  // namespace
}  // namespace reelface
