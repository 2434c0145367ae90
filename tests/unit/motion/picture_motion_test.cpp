// SPDX-License-Identifier: Apache-2.0
#include "motion/picture_motion.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <thread>

#include "unit/motion/moving_crop.h"

namespace reelface {
namespace {

/// Softly textured, wider than high.
cv::Mat wide_picture() {
  return testing::soft_texture(5, 400, 4)(cv::Rect(0, 0, 400, 200)).clone();
}

cv::Mat shifted(const cv::Mat& picture, double right, double down) {
  const cv::Mat matrix = (cv::Mat_<double>(2, 3) << 1, 0, right, 0, 1, down);
  cv::Mat result;
  cv::warpAffine(picture, result, matrix, picture.size(), cv::INTER_CUBIC, cv::BORDER_REPLICATE);
  return result;
}

TEST(PictureMotion, IsFoundInPicturesOfAnyShape) {
  const cv::Mat earlier = wide_picture(), later = shifted(earlier, 6, -3);
  const cv::Mat first = motion_picture(earlier), second = motion_picture(later);
  ASSERT_EQ(first.size(), cv::Size(256, 128));
  const MotionBothWays motion = find_motion(first, second);
  const Motion whole = resized(motion.to_later, earlier.size());
  ASSERT_EQ(whole.size(), earlier.size());
  const cv::Scalar mean = cv::mean(whole(cv::Rect(40, 40, 320, 120)));
  EXPECT_NEAR(mean[0], 6, 0.5);
  EXPECT_NEAR(mean[1], -3, 0.5);
}

TEST(PictureMotion, IsScaledWithEachSideOfThePicture) {
  const Motion motion(20, 40, CV_32FC2, cv::Scalar(4, 8));
  const Motion other = resized(motion, {80, 10});
  EXPECT_EQ(other.size(), cv::Size(80, 10));
  EXPECT_EQ(other.at<cv::Vec2f>(5, 5), cv::Vec2f(8, 4));
  EXPECT_EQ(resized(motion, {80, 40}).at<cv::Vec2f>(5, 5), cv::Vec2f(8, 16));
  EXPECT_EQ(resized(motion, {20, 10}).at<cv::Vec2f>(5, 5), cv::Vec2f(2, 4));
}

TEST(PictureMotion, DoesNotDependOnWhatWasSearchedBefore) {
  const cv::Mat earlier = wide_picture(), later = shifted(earlier, 6, -3);
  const auto small = [](const cv::Mat& picture) { return motion_picture(picture(cv::Rect(0, 0, 72, 54)).clone()); };
  const auto searched = [&] { return find_motion(motion_picture(earlier), motion_picture(later)).to_later; };
  const auto searched_small = [&] { return find_motion(small(earlier), small(later)).to_later; };
  cv::Mat before, before_small;
  std::thread([&] { before = searched(); }).join();
  std::thread([&] { before_small = searched_small(); }).join();
  std::thread([&] {
    searched_small();
    EXPECT_EQ(cv::norm(searched(), before, cv::NORM_INF), 0);
    EXPECT_EQ(cv::norm(searched_small(), before_small, cv::NORM_INF), 0);
  }).join();
}

TEST(PictureMotion, OfEqualPicturesIsNone) {
  const cv::Mat picture = motion_picture(wide_picture());
  EXPECT_TRUE(find_motion(picture, picture).to_earlier.empty());
}

}  // namespace
}  // namespace reelface
