// SPDX-License-Identifier: Apache-2.0
#include "motion/camera_motion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "unit/film/made_scene.h"

namespace reelface {
namespace {

using testing::Scenery;
using testing::with_noise;

const cv::Size kSize(240, 180);

/// As motion is searched on.
cv::Mat searched(const cv::Mat& picture) {
  cv::Mat result;
  picture.convertTo(result, CV_8U);
  cv::GaussianBlur(result, result, {}, 1);
  return result;
}

struct Pair {
  cv::Mat here, there;
  Motion found;
};

/// The scenery seen from two places, under noise, and what a search part by part makes of it.
Pair pan(cv::Point2d step, double noise, const cv::Rect& moving = {}) {
  const Scenery scenery(6), other(7);
  cv::Mat here = scenery.seen_from({40, 40}, kSize), there = scenery.seen_from(cv::Point2d(40, 40) - step, kSize);
  if (!moving.empty()) {
    other.seen_from({0, 0}, moving.size()).copyTo(here(moving));
    other.seen_from({0, 0}, moving.size()).copyTo(there(moving + cv::Point(4, -3)));
  }
  Pair pair{searched(with_noise(here, noise, 1 << 20)), searched(with_noise(there, noise, 77777777)), {}};
  pair.found = find_motion(pair.there, pair.here).to_earlier;
  return pair;
}

double distance_from(const CameraMotion& camera, cv::Point2d step) {
  double most = 0;
  for (const cv::Point2d place : {cv::Point2d(0, 0), cv::Point2d(239, 0), cv::Point2d(0, 179), cv::Point2d(239, 179)}) {
    const cv::Point2d off = camera.at(place) - step;
    most = std::max(most, std::hypot(off.x, off.y));
  }
  return most;
}

TEST(CameraMotion, IsFoundToAFifthOfAPixelUnderNoise) {
  const cv::Point2d step(2.3, -1.4);
  const Pair pair = pan(step, 10);
  const CameraMotion camera = find_camera_motion(pair.here, pair.there, pair.found);
  EXPECT_LT(cv::norm(camera.at({120, 90}) - step), 0.05);
  EXPECT_LT(distance_from(camera, step), 0.2);
}

TEST(CameraMotion, WhatMovesByItselfDoesNotMatter) {
  const cv::Point2d step(1.2, 0.6);
  const Pair pair = pan(step, 4, {90, 60, 60, 60});
  EXPECT_LT(distance_from(find_camera_motion(pair.here, pair.there, pair.found), step), 0.15);
}

TEST(CameraMotion, NorDoesTheLight) {
  const cv::Point2d step(1.2, 0.6);
  Pair pair = pan(step, 2);
  pair.there = pair.there * 0.93;
  EXPECT_LT(distance_from(find_camera_motion(pair.here, pair.there, pair.found), step), 0.1);
}

TEST(CameraMotion, ItsInverseLeadsBack) {
  const CameraMotion camera({1.01, 0.02, 3, -0.01, 0.99, -2});
  const cv::Point2d place(70, 50), there = place + camera.at(place), back = there + camera.inverse().at(there);
  EXPECT_NEAR(back.x, place.x, 1e-9);
  EXPECT_NEAR(back.y, place.y, 1e-9);
}

TEST(CameraMotion, NothingToSeeIsNoMotion) {
  const cv::Mat flat(kSize, CV_8U, cv::Scalar(80));
  const CameraMotion camera = find_camera_motion(flat, flat, Motion::zeros(kSize, CV_32FC2));
  EXPECT_EQ(distance_from(camera, {0, 0}), 0);
}

double mean_distance(const Motion& motion, const cv::Rect& place, cv::Point2d step) {
  double sum = 0;
  for (int y = place.y; y < place.br().y; ++y) {
    for (int x = place.x; x < place.br().x; ++x) {
      const auto& offset = motion.at<cv::Vec2f>(y, x);
      sum += std::hypot(offset[0] - step.x, offset[1] - step.y);
    }
  }
  return sum / place.area();
}

TEST(CameraMotion, IsTakenForTheSceneryAndNotForWhatMoves) {
  const cv::Point2d step(2.3, -1.4);
  const cv::Rect moving(90, 60, 60, 60), inside(100, 70, 40, 40), elsewhere(10, 10, 60, 160);
  const Pair pair = pan(step, 4, moving);
  const CameraMotion camera = find_camera_motion(pair.here, pair.there, pair.found);
  const Motion better = with_camera_motion(pair.here, pair.there, pair.found, camera);
  EXPECT_LT(mean_distance(better, elsewhere, step), 0.9 * mean_distance(pair.found, elsewhere, step));
  EXPECT_LT(mean_distance(better, inside, {4, -3}), 1.2 * mean_distance(pair.found, inside, {4, -3}));
}

}  // namespace
}  // namespace reelface
