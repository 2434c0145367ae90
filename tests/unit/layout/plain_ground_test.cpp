// SPDX-License-Identifier: Apache-2.0
#include "layout/plain_ground.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "unit/layout/drawn_gallery.h"

namespace reelface {
namespace {

const cv::Size kSize(640, 360);

std::vector<cv::Rect> parts_of(const cv::Mat& grey) {
  return parts_between(plain_ground(grey));
}

TEST(PlainGround, PartsAGallery) {
  for (const auto& [count, columns] : {std::pair(2, 2), std::pair(4, 2), std::pair(5, 3), std::pair(9, 3)}) {
    const std::vector<cv::Rect> places = testing::places_of_tiles(kSize, count, columns, 6);
    EXPECT_EQ(parts_of(testing::drawn_gallery(kSize, places, 0)), places) << count;
  }
}

TEST(PlainGround, IsFoundAroundTilesOfAnySize) {
  const std::vector<cv::Rect> places = {
      {480, 4, 156, 114}, {4, 60, 470, 240}, {480, 122, 156, 114}, {480, 240, 156, 114}};
  EXPECT_EQ(parts_of(testing::drawn_gallery(kSize, places, 0)), places);
}

/// A few levels, as compression leaves them.
TEST(PlainGround, MayBeALittleUneven) {
  const std::vector<cv::Rect> places = testing::places_of_tiles(kSize, 4, 2, 8);
  cv::Mat picture = testing::drawn_gallery(kSize, places, 0), noise(kSize, CV_8U);
  cv::RNG(5).fill(noise, cv::RNG::UNIFORM, 0, 5);
  picture += noise;
  EXPECT_EQ(parts_of(picture), places);
}

TEST(PlainGround, OnePictureHasNone) {
  const cv::Mat picture = testing::camera_picture(kSize, 0, 2);
  EXPECT_EQ(cv::countNonZero(plain_ground(picture)), 0);
  EXPECT_EQ(parts_of(picture), std::vector<cv::Rect>{cv::Rect({}, kSize)});
}

TEST(PlainGround, OfAPictureBetweenBarsIsThem) {
  cv::Mat picture = testing::camera_picture(kSize, 0, 2);
  picture.rowRange(0, 40).setTo(16);
  picture.rowRange(320, 360).setTo(16);
  EXPECT_EQ(parts_of(picture), (std::vector<cv::Rect>{{0, 40, 640, 280}}));
}

TEST(PlainGround, NothingButGroundHasNoParts) {
  EXPECT_TRUE(parts_of(cv::Mat(kSize, CV_8U, cv::Scalar(30))).empty());
  EXPECT_TRUE(parts_of(cv::Mat()).empty());
  EXPECT_EQ(parts_of(cv::Mat(1, 1, CV_8U, cv::Scalar(30))).size(), 1U);  // too small to know
}

/// One line is a line in the picture.
TEST(PlainGround, ThinLinesPartNothing) {
  cv::Mat picture = testing::camera_picture(kSize, 0, 2);
  picture.col(300).setTo(20);
  picture.col(301).setTo(20);
  EXPECT_EQ(parts_of(picture).size(), 1U);
}

}  // namespace
}  // namespace reelface
