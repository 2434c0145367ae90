// SPDX-License-Identifier: Apache-2.0
#include "film/film_meter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <random>

#include "made_scene.h"

namespace reelface {
namespace {

using testing::frame_of;
using testing::Scenery;

constexpr int kWidth = 192, kHeight = 144, kFrames = 60;

TEST(Unevenness, EvenMovementIsNone) {
  Unevenness even;
  for (int i = 0; i < 20; ++i) even.add(2.5);
  EXPECT_DOUBLE_EQ(even.deviation().value(), 0);
}

TEST(Unevenness, IsTheDeviationOfWhatTrembles) {
  std::mt19937 random(7);
  std::normal_distribution<double> tremble(0, 0.7);
  Unevenness measured;
  double last = 0;
  for (int i = 0; i < 20000; ++i) {
    const double place = 3.0 * i + tremble(random);
    measured.add(place - last);
    last = place;
  }
  EXPECT_NEAR(measured.deviation().value(), 0.7, 0.02);
}

TEST(Unevenness, ANewShotIsNoJump) {
  Unevenness measured;
  EXPECT_FALSE(measured.deviation());
  for (const double change : {1.0, 1.0}) measured.add(change);
  measured.restart();
  for (const double change : {-5.0, -5.0}) measured.add(change);
  EXPECT_DOUBLE_EQ(measured.deviation().value(), 0);
}

/// A camera that turns, in a gate where the film strays, under a lamp that flickers.
Restlessness measured(double sway, double flicker, int scale = 1) {
  const Scenery scenery(3);
  std::mt19937 random(11);
  std::normal_distribution<double> by(0, 1);
  FilmMeter meter;
  for (int i = 0; i < kFrames; ++i) {
    const cv::Point2d place(60 + 0.8 * i + sway * by(random), 50 + sway * by(random));
    cv::Mat picture = scenery.seen_from(place, {kWidth, kHeight}) * (1 + flicker / 100 * by(random));
    if (scale > 1) cv::resize(picture, picture, {}, scale, scale, cv::INTER_CUBIC);
    meter.see(frame_of(picture), i == 0, kWidth);
  }
  return meter.result();
}

TEST(FilmMeter, TellsSwayFromACameraThatTurns) {
  EXPECT_LT(measured(0, 0).weave.value(), 0.05);
  EXPECT_NEAR(measured(0.7, 0).weave.value(), 0.7, 0.15);
}

TEST(FilmMeter, TellsHowMuchLightFlickers) {
  EXPECT_LT(measured(0, 0).flicker.value(), 0.3);
  EXPECT_NEAR(measured(0, 2.5).flicker.value(), 2.5, 0.6);
}

TEST(FilmMeter, TellsLightAtAMiddleGrey) {
  const Scenery scenery(3);
  FilmMeter meter;
  for (int i = 0; i < kFrames; ++i)  // brighter by so much everywhere, whatever the tone
    meter.see(frame_of(scenery.seen_from({60, 50}, {kWidth, kHeight}) + cv::Scalar(i % 2 * 6)), i == 0, kWidth);
  // Changes of ±6 levels in turn: a second difference of 12, of which the root of a sixth is told.
  EXPECT_NEAR(meter.result().flicker.value(), 12 / std::sqrt(6.0) / 127.5 * 100, 0.4);
}

TEST(FilmMeter, AnEnlargedFilmSwaysAsFarAsItsOriginal) {
  EXPECT_NEAR(measured(0.7, 0, 2).weave.value(), measured(0.7, 0).weave.value(), 0.1);
}

TEST(FilmMeter, SaysNothingOfOneFrame) {
  FilmMeter meter;
  meter.see(frame_of(Scenery(3).seen_from({60, 50}, {kWidth, kHeight})), true, kWidth);
  EXPECT_FALSE(meter.result().weave);
  EXPECT_FALSE(meter.result().flicker);
}

}  // namespace
}  // namespace reelface
