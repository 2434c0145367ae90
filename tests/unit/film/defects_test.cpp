#include "film/defects.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "made_scene.h"

namespace reelface {
namespace {

using testing::Scenery;
using testing::with_noise;

const cv::Size kSize(320, 240);

MatchedFrames still_frames(double noise) {
  const cv::Mat scene = Scenery(7).seen_from({}, kSize);
  return {with_noise(scene, noise, 1), with_noise(scene, noise, 2), with_noise(scene, noise, 3)};
}

double share_found(const cv::Mat& truth, const cv::Mat& mask) {
  return static_cast<double>(cv::countNonZero(truth & mask)) / cv::countNonZero(truth);
}

TEST(Defects, DirtOfBothSignsIsFoundAndNothingElse) {
  for (const double noise : {1.0, 4.0}) {
    MatchedFrames frames = still_frames(noise);
    cv::Mat truth = cv::Mat::zeros(kSize, CV_8U);
    cv::circle(truth, {60, 60}, 3, 255, cv::FILLED);
    cv::circle(truth, {200, 150}, 9, 255, cv::FILLED);
    cv::line(truth, {250, 30}, {290, 55}, 255, 2);  // a hair
    cv::Mat light = cv::Mat::zeros(kSize, CV_8U);
    cv::circle(light, {120, 200}, 4, 255, cv::FILLED);
    frames.now.setTo(20, truth);
    frames.now.setTo(240, light);
    truth |= light;
    const DefectMap map = find_defects(frames, {14, noise, 0.02});
    EXPECT_GE(share_found(truth, map.mask), 0.97) << "noise " << noise;
    cv::Mat grown;
    cv::dilate(truth, grown, cv::Mat::ones(5, 5, CV_8U));
    EXPECT_EQ(cv::countNonZero(map.mask & ~grown), 0) << "noise " << noise;
    EXPECT_EQ(map.defects.size(), 4U);
  }
}

TEST(Defects, WhatMovesIsNoDirt) {
  MatchedFrames frames = still_frames(1);
  cv::circle(frames.before, {100, 100}, 4, 240, cv::FILLED);
  cv::circle(frames.now, {112, 104}, 4, 240, cv::FILLED);
  cv::circle(frames.after, {124, 108}, 4, 240, cv::FILLED);
  EXPECT_TRUE(find_defects(frames, {}).defects.empty());
}

TEST(Defects, RainIsNoDirt) {
  MatchedFrames frames = still_frames(1);
  cv::RNG random(5);
  for (cv::Mat* picture : {&frames.before, &frames.now, &frames.after}) {
    for (int i = 0; i < 900; ++i) {
      const cv::Point top(random.uniform(0, kSize.width), random.uniform(0, kSize.height));
      cv::line(*picture, top, top + cv::Point(2, 12), 200, 1);
    }
  }
  const DefectMap map = find_defects(frames, {});
  EXPECT_LE(cv::countNonZero(map.mask), static_cast<int>(0.0005 * kSize.area()));
}

TEST(Defects, APictureThatMovedAsAWholeByHalfAPixelIsNoDirt) {
  const Scenery scenery(8);
  const MatchedFrames frames = {scenery.seen_from({0.5, 0}, kSize), scenery.seen_from({}, kSize),
                                scenery.seen_from({0.4, 0.3}, kSize)};
  EXPECT_TRUE(find_defects(frames, {}).defects.empty());
}

TEST(Defects, AFlashIsNoDirt) {
  MatchedFrames frames = still_frames(1);
  frames.now += 60;
  EXPECT_TRUE(find_defects(frames, {}).defects.empty());
}

}  // namespace
}  // namespace reelface
