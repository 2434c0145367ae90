#include "inference/detector/detector_input.h"

#include <gtest/gtest.h>

#include <numeric>

namespace reelface {
namespace {

RgbImage8 slope(int width, int height) {
  RgbImage8 picture(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      std::uint8_t* pixel = &picture.samples[3 * static_cast<std::size_t>(y * width + x)];
      pixel[0] = static_cast<std::uint8_t>(2 * x);
      pixel[1] = static_cast<std::uint8_t>(3 * y);
      pixel[2] = 200;
    }
  }
  return picture;
}

TEST(DetectorInput, PadsWithBlackToWholeCells) {
  const RgbImage8 picture = slope(33, 5);
  YunetInput input = detector_input(picture.view(), 33, 5);
  EXPECT_EQ(input.width, 64);
  EXPECT_EQ(input.height, 32);
  EXPECT_EQ(input.row(4)[3 * 32], 64);
  EXPECT_EQ(input.row(4)[3 * 32 + 1], 12);
  const float sum = std::accumulate(input.samples.begin(), input.samples.end(), 0.0F);
  const float inside = static_cast<float>(std::accumulate(picture.samples.begin(), picture.samples.end(), 0));
  EXPECT_EQ(sum, inside) << "nothing but the picture";
}

TEST(DetectorInput, ShrinkingAveragesAndEnlargingInterpolates) {
  const RgbImage8 picture = slope(64, 48);
  YunetInput half = detector_input(picture.view(), 32, 24);
  EXPECT_NEAR(half.row(10)[3 * 7], 2 * 14.5, 1e-3);
  EXPECT_NEAR(half.row(10)[3 * 7 + 1], 3 * 20.5, 1e-3);
  EXPECT_NEAR(half.row(23)[3 * 31 + 2], 200, 1e-3);
  YunetInput third = detector_input(picture.view(), 20, 15);  // 3.2 pixels become one
  EXPECT_NEAR(third.row(7)[3 * 10], 2 * (32 + 33 + 34 + 0.2 * 35) / 3.2, 1e-3);
  YunetInput twice = detector_input(picture.view(), 128, 96);
  EXPECT_NEAR(twice.row(50)[3 * 21], 2 * (10.75 - 0.5), 1e-3);
  EXPECT_NEAR(twice.row(0)[0], 0, 1e-3);
  EXPECT_NEAR(twice.row(95)[3 * 127], 2 * 63, 1e-3);
}

TEST(DetectorInput, TakesPicturesOfOnePixel) {
  const RgbImage8 picture = slope(1, 1);
  YunetInput input = detector_input(picture.view(), 3, 2);
  EXPECT_NEAR(input.row(1)[3 * 2 + 2], 200, 1e-3);
  EXPECT_EQ(input.row(0)[3 * 3 + 2], 0);
}

TEST(DetectorInput, HonoursTheRowStride) {
  const RgbImage8 picture = slope(40, 20);
  RgbView8 part = picture.view();
  part.samples += 3 * 8;
  part.width = 16;
  YunetInput input = detector_input(part, 16, 20);
  EXPECT_EQ(input.row(3)[0], 16);
  EXPECT_EQ(input.row(3)[1], 9);
}

}  // namespace
}  // namespace reelface
