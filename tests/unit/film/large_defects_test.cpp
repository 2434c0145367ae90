// SPDX-License-Identifier: Apache-2.0
#include "film/large_defects.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "film/film_picture.h"
#include "made_scene.h"

namespace reelface {
namespace {

using testing::Scenery;
using testing::with_noise;

const cv::Size kSize(320, 240);

/// Three frames of a camera that turns, or stands still.
struct Pictures {
  cv::Mat before, now, behind;
};

Pictures pictures(cv::Point2d step, double noise = 2) {
  const Scenery scenery(7);
  const auto seen = [&](int at) { return with_noise(scenery.seen_from(step * at, kSize), noise, at); };
  return {seen(1), seen(2), seen(3)};
}

/// As the step of repairs looks: closely, if it is worth it.
DefectSearch found_in(const Pictures& pictures) {
  const cv::Mat small_now = film_motion_picture(pictures.now);
  FrameBetween frames;
  frames.now = pictures.now, frames.before = pictures.before, frames.behind = pictures.behind;
  frames.small_before = film_motion_picture(pictures.before);
  frames.small_behind = film_motion_picture(pictures.behind);
  Reference before, behind;
  before.offset = -1, behind.offset = 1;
  before.grey = pictures.before, behind.grey = pictures.behind;
  before.motion = find_film_motion(frames.small_before, small_now).motion.to_earlier;
  behind.motion = find_film_motion(small_now, frames.small_behind).motion.to_later;
  if (!may_have_large_defects(match_frames(pictures.now, {before, behind}))) return {};
  return find_large_defects(frames, {});
}

/// A ragged hole, and flakes of the other sign at its edge.
cv::Mat burn(cv::Mat& picture, double level, double flakes) {
  cv::Mat hole = cv::Mat::zeros(kSize, CV_8U), edge = hole.clone();
  cv::circle(hole, {108, 94}, 12, 255, cv::FILLED);  // the flake clings to this
  cv::RNG random(5);
  for (int i = 0; i < 30; ++i) {
    // One after the other: compilers evaluate arguments in different orders.
    const int x = 100 + random.uniform(0, 90), y = 90 + random.uniform(0, 50), radius = random.uniform(6, 16);
    cv::circle(hole, {x, y}, radius, 255, cv::FILLED);
  }
  cv::circle(edge, {98, 84}, 6, 255, cv::FILLED);
  picture.setTo(flakes, edge);
  picture.setTo(level, hole);
  return hole | edge;
}

cv::Mat mask_of(const DefectSearch& search) {
  cv::Mat mask = cv::Mat::zeros(kSize, CV_8U);
  for (const Defect& defect : search.defects) mask(defect.box).setTo(255, defect.mask);
  return mask;
}

TEST(LargeDefects, ABurnIsFoundWholeAndLittleAroundIt) {
  for (const cv::Point2d step : {cv::Point2d(0, 0), cv::Point2d(2.3, -0.8)}) {
    for (const double level : {252.0, 4.0}) {
      Pictures film = pictures(step);
      const cv::Mat truth = burn(film.now, level, level > 128 ? 10 : 245);
      ASSERT_GT(cv::countNonZero(truth), 0.05 * kSize.area());
      const DefectSearch search = found_in(film);
      ASSERT_FALSE(search.defects.empty()) << level;
      const cv::Mat mask = mask_of(search);
      EXPECT_GE(cv::countNonZero(truth & mask), 0.98 * cv::countNonZero(truth)) << level;
      cv::Mat near;
      cv::dilate(truth, near, cv::Mat::ones(15, 15, CV_8U));
      EXPECT_LE(cv::countNonZero(mask & ~near), 0.002 * kSize.area()) << level;
    }
  }
}

TEST(LargeDefects, TwoBesideEachOtherAreBothFilled) {
  Pictures film = pictures({});
  cv::Mat truth = cv::Mat::zeros(kSize, CV_8U);
  cv::rectangle(truth, {60, 80, 60, 50}, 255, cv::FILLED);
  cv::circle(truth, {150, 110}, 26, 255, cv::FILLED);
  film.now.setTo(250, truth);
  EXPECT_GE(cv::countNonZero(truth & mask_of(found_in(film))), 0.99 * cv::countNonZero(truth));
}

TEST(LargeDefects, OneSaysFromWhereAndInWhichLightItIsFilled) {
  Pictures film = pictures({2.3, -0.8}, 0);
  const cv::Mat whole = film.now.clone();
  film.behind *= 0.9;
  film.before *= 0.9;
  burn(film.now, 252, 10);
  const DefectSearch search = found_in(film);
  ASSERT_FALSE(search.defects.empty());
  const Defect& defect = search.defects.back();
  ASSERT_TRUE(defect.is_large);
  ASSERT_EQ(defect.light_by_place.size(), defect.box.size());
  const cv::Mat& source = defect.filled_from < 0 ? film.before : film.behind;
  Motion way = cv::Mat::zeros(kSize, CV_32FC2);
  defect.motion.copyTo(way(defect.box));
  const cv::Mat filled = moved(source, way, Resampling::kCubic)(defect.box) + defect.light_by_place;
  EXPECT_LT(cv::norm(filled, whole(defect.box), cv::NORM_L1, defect.mask) / cv::countNonZero(defect.mask), 5);
}

TEST(LargeDefects, AFlashThatGlowsStays) {
  Pictures film = pictures({});
  cv::Mat glow = cv::Mat::zeros(kSize, CV_32F);
  cv::circle(glow, {150, 110}, 30, cv::Scalar(900), cv::FILLED);
  cv::GaussianBlur(glow, glow, {}, 20);
  film.now = cv::min(cv::Mat(film.now + glow), 255);
  EXPECT_TRUE(found_in(film).defects.empty());
}

TEST(LargeDefects, WhatAFlashLightsUpStays) {
  Pictures film = pictures({});
  cv::Mat lit = cv::Mat::zeros(kSize, CV_8U);
  cv::ellipse(lit, {150, 120}, {40, 60}, 10, 0, 360, 255, cv::FILLED);  // somebody in front of a dark ground
  cv::Mat(film.now * 1.6).copyTo(film.now, lit);
  EXPECT_TRUE(found_in(film).defects.empty());
}

TEST(LargeDefects, WhatTheFramesBesideDoNotAgreeOnStays) {
  Pictures film = pictures({});
  burn(film.now, 252, 10);
  cv::circle(film.behind, {145, 115}, 50, cv::Scalar(190), cv::FILLED);  // somebody is there
  EXPECT_TRUE(found_in(film).defects.empty());
}

TEST(LargeDefects, ACleanFilmAndACutHaveNone) {
  EXPECT_TRUE(found_in(pictures({3, 1})).defects.empty());
  Pictures film = pictures({});
  burn(film.now, 252, 10);
  film.behind = Scenery(8).seen_from({}, kSize);
  EXPECT_TRUE(found_in(film).defects.empty());
}

}  // namespace
}  // namespace reelface
