// SPDX-License-Identifier: Apache-2.0
#include "motion/kept_detail.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <vector>

#include "unit/motion/moving_crop.h"

namespace reelface {
namespace {

using testing::image_of;
using testing::matrix_of;
using testing::noise;
using testing::rms_inside;
using testing::soft_texture;
using testing::view_of;

constexpr int kSide = 128;
constexpr double kNoise = 6.0 / 255;

/// As noise has it: the same for all channels.
cv::Mat grey(const cv::Mat& picture) {
  cv::Mat one, three;
  cv::extractChannel(picture, one, 0);
  cv::merge(std::vector<cv::Mat>{one, one, one}, three);
  return three;
}

struct Cleaned {
  std::vector<cv::Mat> pictures;
  cv::Mat result;
};

/// Pictures of `scene`, each with noise of its own, and what is made of `cleaned` by them.
Cleaned given_back(const cv::Mat& scene, const cv::Mat& cleaned) {
  Cleaned work;
  std::vector<RgbViewF> views;
  for (unsigned i = 0; i < 5; ++i) work.pictures.push_back(scene + grey(noise(kSide, kNoise, i)));
  for (const cv::Mat& picture : work.pictures) views.push_back(view_of(picture));
  GrainModel model;
  model.sigma.fill(kNoise);
  model.blocks = 100;
  RgbImageF image = image_of(cleaned);
  give_detail_back(views, model, cv::Mat(kSide, kSide, CV_32F, cv::Scalar(0.2)), image);
  work.result = matrix_of(image);
  return work;
}

cv::Mat scenery() {
  return grey(soft_texture(4, kSide, 4));
}

cv::Mat fine_texture() {
  return grey(noise(kSide, 12.0 / 255, 50));
}

TEST(KeptDetail, TextureThatWasTakenForNoiseComesBack) {
  const cv::Mat scene = scenery() + fine_texture();
  const Cleaned work = given_back(scene, scenery());
  EXPECT_LT(rms_inside(work.result, scene), 0.5 * rms_inside(scenery(), scene));
}

TEST(KeptDetail, NoiseDoesNot) {
  const Cleaned work = given_back(scenery(), scenery());
  EXPECT_LT(rms_inside(work.result, scenery()), 0.1 * kNoise);
}

TEST(KeptDetail, WhatWasMadeSharperStaysSo) {
  const cv::Mat sharp = scenery() + fine_texture();
  cv::Mat soft;
  cv::GaussianBlur(sharp, soft, {}, 1.2);
  const Cleaned work = given_back(soft, sharp);
  EXPECT_LT(rms_inside(work.result, sharp), 0.35 * rms_inside(soft, sharp));
}

TEST(KeptDetail, DirtOnTheMiddleStaysAway) {
  std::vector<RgbViewF> views;
  views.reserve(5);
  std::vector<cv::Mat> pictures(5, scenery());
  for (cv::Mat& picture : pictures) picture = picture.clone();
  const cv::Rect speck(60, 60, 4, 4);
  pictures[2](speck) += cv::Scalar(0.4, 0.4, 0.4);
  for (const cv::Mat& picture : pictures) views.push_back(view_of(picture));
  RgbImageF image = image_of(scenery());
  GrainModel clean;
  clean.blocks = 1;
  give_detail_back(views, clean, cv::Mat(kSide, kSide, CV_32F, cv::Scalar(0.2)), image);
  EXPECT_LT(cv::norm(matrix_of(image), scenery(), cv::NORM_INF), 1.0 / 255);
}

TEST(KeptDetail, AScratchStaysAway) {
  cv::Mat scratched = scenery();
  scratched(cv::Rect(50, 0, 2, kSide)) += cv::Scalar(0.2, 0.2, 0.2);
  const Cleaned work = given_back(scratched, scenery());
  const cv::Rect line(50, 40, 2, 48);
  EXPECT_LT(cv::mean(work.result(line) - scenery()(line))[0], 0.02);
}

}  // namespace
}  // namespace reelface
