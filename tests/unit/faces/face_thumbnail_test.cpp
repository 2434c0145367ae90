// SPDX-License-Identifier: Apache-2.0
#include "faces/face_thumbnail.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "unit/faces/scripted_scene.h"

namespace reelface {
namespace {

using testing::posed_face;

RgbView8 pixels(const cv::Mat& picture) {
  return {picture.data, picture.cols, picture.rows, static_cast<std::ptrdiff_t>(picture.step1())};
}

cv::Mat texture(unsigned seed) {
  cv::Mat picture(400, 400, CV_8UC3);
  cv::RNG(0x9E3779B97F4A7C15U * seed).fill(picture, cv::RNG::UNIFORM, 0, 255);
  cv::GaussianBlur(picture, picture, {}, 6);
  cv::normalize(picture, picture, 0, 255, cv::NORM_MINMAX);
  return picture;
}

TEST(FaceThumbnail, KnowsAFaceAgainInAnotherPlaceSizeAndLight) {
  const cv::Mat picture = texture(1);
  const auto first = face_thumbnail(pixels(picture), posed_face({200, 200, 150, 0}));
  const cv::Mat move = (cv::Mat_<double>(2, 3) << 0.6, 0, 40, 0, 0.6, 10);
  cv::Mat moved;
  cv::warpAffine(picture, moved, move, picture.size());
  moved.convertTo(moved, -1, 0.7, 20);
  const auto second = face_thumbnail(pixels(moved), posed_face({160, 130, 90, 0}));
  ASSERT_TRUE(first && second);
  EXPECT_GT(correlation(*first, *second), 0.98);
  EXPECT_NEAR(correlation(*first, *first), 1, 1e-5);
  const auto other = face_thumbnail(pixels(texture(2)), posed_face({200, 200, 150, 0}));
  EXPECT_LT(correlation(*first, *other), 0.5);
}

TEST(FaceThumbnail, RefusesWhatSaysNothing) {
  const cv::Mat flat(100, 100, CV_8UC3, cv::Scalar(90, 80, 70));
  EXPECT_FALSE(face_thumbnail(pixels(flat), posed_face({50, 50, 40, 0})));
  EXPECT_FALSE(face_thumbnail({}, posed_face({50, 50, 40, 0})));
  Face collapsed = posed_face({50, 50, 40, 0});
  collapsed.points.fill({50, 50});
  collapsed.points[0].x = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(face_thumbnail(pixels(texture(1)), collapsed));
}

TEST(FaceThumbnail, ReachesOverTheEdge) {
  EXPECT_TRUE(face_thumbnail(pixels(texture(3)), posed_face({0, 10, 150, 0})));
}

}  // namespace
}  // namespace reelface
