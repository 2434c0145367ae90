// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "raw_planes.h"
#include "reelface/measure/fidelity.h"

namespace reelface {
namespace {

TEST(GradientEnergy, OfARampIsItsSlopeSquared) {
  SamplePlane ramp(30, 20);
  for (int y = 0; y < 20; ++y) {
    for (int x = 0; x < 30; ++x) ramp.row(y)[x] = 3.0F * static_cast<float>(x) - 4.0F * static_cast<float>(y);
  }
  EXPECT_NEAR(gradient_energy(ramp.view()), 25, 1e-9);
}

TEST(GradientEnergy, AgreesWithOpenCvsDerivative) {
  const testing::PicturePair pair(97, 55, 8, 0.05, 0);
  const SamplePlane& plane = pair.damaged[0];
  const cv::Mat image(plane.height, plane.width, CV_32F, const_cast<float*>(plane.samples.data()));
  cv::Mat across, down;
  cv::Sobel(image, across, CV_64F, 1, 0, 1, 0.5);
  cv::Sobel(image, down, CV_64F, 0, 1, 1, 0.5);
  const cv::Rect inside(1, 1, plane.width - 2, plane.height - 2);
  const cv::Mat energy = across.mul(across) + down.mul(down);
  EXPECT_NEAR(gradient_energy(plane.view()) / cv::mean(energy(inside))[0], 1, 1e-6);
}

TEST(SharpnessRatio, BlurLowersItNoiseRaisesIt) {
  const testing::TestPattern pattern(5);
  const std::vector<float> sharp = pattern.plane(100, 100);
  std::vector<float> blurred(sharp.size());
  cv::Mat target(100, 100, CV_32F, blurred.data());
  cv::GaussianBlur(cv::Mat(100, 100, CV_32F, const_cast<float*>(sharp.data())), target, {}, 2);
  const std::vector<float> noisy = testing::with_noise(sharp, 0.05, 2);
  const auto view = [](const std::vector<float>& values) { return SampleView{values.data(), 100, 100, 100}; };
  EXPECT_LT(sharpness_ratio(view(blurred), view(sharp)), 0.8);
  EXPECT_GT(sharpness_ratio(view(noisy), view(sharp)), 1.2);
  EXPECT_EQ(sharpness_ratio(view(sharp), view(sharp)), 1);
}

TEST(SharpnessRatio, FlatPictures) {
  const SamplePlane flat(20, 20);
  SamplePlane dot(20, 20);
  dot.row(10)[10] = 1;
  EXPECT_EQ(sharpness_ratio(flat.view(), flat.view()), 1);
  EXPECT_TRUE(std::isinf(sharpness_ratio(dot.view(), flat.view())));
  EXPECT_EQ(gradient_energy(SamplePlane(2, 9).view()), 0);
}

}  // namespace
}  // namespace reelface
