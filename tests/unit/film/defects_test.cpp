// SPDX-License-Identifier: Apache-2.0
#include "film/defects.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "film/film_picture.h"
#include "made_scene.h"

namespace reelface {
namespace {

using testing::Scenery;
using testing::with_noise;

const cv::Size kSize(320, 240);

struct Pictures {
  cv::Mat before, now, after;
};

Pictures still_pictures(double noise) {
  const cv::Mat scene = Scenery(7).seen_from({}, kSize);
  return {with_noise(scene, noise, 1), with_noise(scene, noise, 2), with_noise(scene, noise, 3)};
}

MatchedFrames matched(const Pictures& pictures) {
  const cv::Mat now = film_motion_picture(pictures.now);
  Reference before{
      -1, pictures.before, find_film_motion(film_motion_picture(pictures.before), now).motion.to_earlier, {}};
  Reference after{1, pictures.after, find_film_motion(now, film_motion_picture(pictures.after)).motion.to_later, {}};
  return match_frames(pictures.now, {before, after});
}

DefectSearch found_in(const Pictures& pictures) {
  MatchedFrames frames = matched(pictures);
  return find_defects(frames, {});
}

cv::Mat mask_of(const DefectSearch& search) {
  cv::Mat mask = cv::Mat::zeros(kSize, CV_8U);
  for (const Defect& defect : search.defects) mask(defect.box).setTo(255, defect.mask);
  return mask;
}

/// A speck, a larger spot, a hair, and something light.
cv::Mat add_dirt(cv::Mat& picture) {
  cv::Mat dark = cv::Mat::zeros(kSize, CV_8U), light = dark.clone();
  cv::circle(dark, {60, 60}, 3, 255, cv::FILLED);
  cv::circle(dark, {200, 150}, 8, 255, cv::FILLED);
  cv::line(dark, {250, 30}, {290, 55}, 255, 2);
  cv::circle(light, {120, 200}, 4, 255, cv::FILLED);
  picture.setTo(10, dark);
  picture.setTo(245, light);
  return dark | light;
}

void expect_all_found(const Pictures& pictures, const cv::Mat& truth) {
  const cv::Mat mask = mask_of(found_in(pictures));
  EXPECT_GE(cv::countNonZero(truth & mask), 0.97 * cv::countNonZero(truth));
  cv::Mat grown;
  cv::dilate(truth, grown, cv::Mat::ones(5, 5, CV_8U));
  EXPECT_EQ(cv::countNonZero(mask & ~grown), 0);
}

TEST(Defects, DirtOfBothSignsIsFoundAndNothingElse) {
  for (const double noise : {1.0, 4.0}) {
    SCOPED_TRACE(noise);
    Pictures pictures = still_pictures(noise);
    const cv::Mat truth = add_dirt(pictures.now);
    expect_all_found(pictures, truth);
  }
}

TEST(Defects, DirtIsFoundInAMovingPicture) {
  const Scenery scenery(7);
  Pictures pictures{scenery.seen_from({0, 0}, kSize), scenery.seen_from({6.3, 2.2}, kSize),
                    scenery.seen_from({12.6, 4.4}, kSize)};
  const cv::Mat truth = add_dirt(pictures.now);
  expect_all_found(pictures, truth);
}

TEST(Defects, WhatIsFilledFromIsWhereTheMotionSays) {
  const Scenery scenery(7);
  Pictures pictures{scenery.seen_from({0, 0}, kSize), scenery.seen_from({5, 2}, kSize),
                    scenery.seen_from({10, 4}, kSize)};
  add_dirt(pictures.now);
  for (const Defect& defect : found_in(pictures).defects) {
    const cv::Scalar way = cv::mean(defect.motion, defect.mask);
    EXPECT_NEAR(way[0], -5.0 * defect.filled_from, 0.5);
    EXPECT_NEAR(way[1], -2.0 * defect.filled_from, 0.5);
  }
}

TEST(Defects, APictureThatMovedAsAWholeByHalfAPixelIsNoDirt) {
  const Scenery scenery(8);
  EXPECT_TRUE(
      found_in({scenery.seen_from({0.5, 0}, kSize), scenery.seen_from({}, kSize), scenery.seen_from({0.4, 0.3}, kSize)})
          .defects.empty());
}

TEST(Defects, AFlashIsNoDirt) {
  Pictures pictures = still_pictures(1);
  pictures.now += 60;
  EXPECT_TRUE(found_in(pictures).defects.empty());
}

TEST(Defects, WhatStaysIsNoDirt) {
  Pictures pictures = still_pictures(1);
  add_dirt(pictures.now);
  add_dirt(pictures.after);
  EXPECT_TRUE(found_in(pictures).defects.empty());
}

TEST(Defects, WhereNeitherReferenceShowsTheSameNothingIsOne) {
  Pictures pictures = still_pictures(1);
  add_dirt(pictures.now);
  pictures.before = Scenery(9).seen_from({}, kSize);
  pictures.after = Scenery(10).seen_from({}, kSize);
  EXPECT_TRUE(found_in(pictures).defects.empty());
}

TEST(Defects, WhereOnlyOneReferenceShowsTheSameItIsFilledFromThatOne) {
  Pictures pictures = still_pictures(1);
  add_dirt(pictures.now);
  pictures.before = Scenery(9).seen_from({}, kSize);
  for (const Defect& defect : found_in(pictures).defects) EXPECT_EQ(defect.filled_from, 1);
}

TEST(FilmMotion, IsNotKnownAcrossACut) {
  const auto picture = [](int seed, double x) { return film_motion_picture(Scenery(seed).seen_from({x, 0}, kSize)); };
  EXPECT_TRUE(find_film_motion(picture(1, 0), picture(1, 4)).is_known);
  EXPECT_FALSE(find_film_motion(picture(1, 0), picture(2, 0)).is_known);
  EXPECT_FALSE(find_film_motion(picture(1, 0), film_motion_picture(cv::Mat(100, 100, CV_32F, cv::Scalar(9)))).is_known);
}

}  // namespace
}  // namespace reelface
