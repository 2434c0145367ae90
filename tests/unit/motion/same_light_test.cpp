// SPDX-License-Identifier: Apache-2.0
#include "motion/same_light.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "unit/motion/moving_crop.h"

namespace reelface {
namespace {

cv::Mat scene() {
  cv::Mat grey;
  cv::cvtColor(testing::soft_texture(3, 128, 2.5), grey, cv::COLOR_RGB2GRAY);
  return grey;
}

TEST(SameLight, AFlickerOfTheWholePictureIsTakenOut) {
  const cv::Mat here = scene(), brighter = here * 1.08 + 0.01;
  EXPECT_LT(cv::norm(in_the_light_of(here, brighter), here, cv::NORM_INF), 2.0 / 255);
}

TEST(SameLight, WhatMovesStaysDifferent) {
  const cv::Mat here = scene();
  cv::Mat there = here.clone();
  const cv::Rect part(40, 40, 30, 30);
  there(part) += 0.3;
  const cv::Mat result = in_the_light_of(here, there);
  EXPECT_GT(cv::mean(result(part) - here(part))[0], 0.25);
  EXPECT_LT(cv::norm(result(cv::Rect(0, 0, 128, 30)), here(cv::Rect(0, 0, 128, 30)), cv::NORM_INF), 1.0 / 255);
}

TEST(SameLight, EqualPicturesStayAsTheyAre) {
  const cv::Mat here = scene();
  EXPECT_LT(cv::norm(in_the_light_of(here, here), here, cv::NORM_INF), 1e-4);
}

}  // namespace
}  // namespace reelface
