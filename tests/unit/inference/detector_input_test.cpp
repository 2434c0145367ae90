// SPDX-License-Identifier: Apache-2.0
#include "inference/detector/detector_input.h"

#include <gtest/gtest.h>

#include <numeric>

#include "support/rgb_sample.h"

namespace reelface {
namespace {

RgbImage8 slope(int width, int height) {
  RgbImage8 picture(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      std::uint8_t* pixel = &testing::sample_at(picture, x, y);
      pixel[0] = static_cast<std::uint8_t>(2 * x);
      pixel[1] = static_cast<std::uint8_t>(3 * y);
      pixel[2] = 200;
    }
  }
  return picture;
}

float sample_of(YunetInput& input, std::ptrdiff_t x, int y, int channel = 0) {
  return input.row(y)[3 * x + channel];
}

TEST(DetectorInput, PadsWithBlackToWholeCells) {
  const RgbImage8 picture = slope(33, 5);
  YunetInput input = detector_input(picture.view(), 33, 5);
  EXPECT_EQ(input.width, 64);
  EXPECT_EQ(input.height, 32);
  EXPECT_EQ(sample_of(input, 32, 4), 64);
  EXPECT_EQ(sample_of(input, 32, 4, 1), 12);
  const float sum = std::accumulate(input.samples.begin(), input.samples.end(), 0.0F);
  const float inside = static_cast<float>(std::accumulate(picture.samples.begin(), picture.samples.end(), 0));
  EXPECT_EQ(sum, inside) << "nothing but the picture";
}

TEST(DetectorInput, ShrinkingAveragesAndEnlargingInterpolates) {
  const RgbImage8 picture = slope(64, 48);
  YunetInput half = detector_input(picture.view(), 32, 24);
  EXPECT_NEAR(sample_of(half, 7, 10), 2 * 14.5, 1e-3);
  EXPECT_NEAR(sample_of(half, 7, 10, 1), 3 * 20.5, 1e-3);
  EXPECT_NEAR(sample_of(half, 31, 23, 2), 200, 1e-3);
  YunetInput third = detector_input(picture.view(), 20, 15);  // 3.2 pixels become one
  EXPECT_NEAR(sample_of(third, 10, 7), 2 * (32 + 33 + 34 + 0.2 * 35) / 3.2, 1e-3);
  YunetInput twice = detector_input(picture.view(), 128, 96);
  EXPECT_NEAR(sample_of(twice, 21, 50), 2 * (10.75 - 0.5), 1e-3);
  EXPECT_NEAR(twice.row(0)[0], 0, 1e-3);
  EXPECT_NEAR(sample_of(twice, 127, 95), 2 * 63, 1e-3);
}

TEST(DetectorInput, TakesPicturesOfOnePixel) {
  const RgbImage8 picture = slope(1, 1);
  YunetInput input = detector_input(picture.view(), 3, 2);
  EXPECT_NEAR(sample_of(input, 2, 1, 2), 200, 1e-3);
  EXPECT_EQ(sample_of(input, 3, 0, 2), 0);
}

TEST(DetectorInput, HonoursTheRowStride) {
  const RgbImage8 picture = slope(40, 20);
  RgbView8 part = picture.view();
  part.samples += std::ptrdiff_t{3} * 8;
  part.width = 16;
  YunetInput input = detector_input(part, 16, 20);
  EXPECT_EQ(input.row(3)[0], 16);
  EXPECT_EQ(input.row(3)[1], 9);
}

}  // namespace
}  // namespace reelface
