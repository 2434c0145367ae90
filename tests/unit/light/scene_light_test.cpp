// SPDX-License-Identifier: Apache-2.0
#include "light/scene_light.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace reelface {
namespace {

constexpr int kWidth = 160, kHeight = 90;
constexpr PixelBox kAll{0, 0, kWidth, kHeight};

/// A grey wall with a white sheet, somebody with skin of this colour, and a blue sofa; all of it times `light`.
RgbImage8 room(const std::array<double, 3>& light, const std::array<double, 3>& skin = {205, 150, 120}) {
  RgbImage8 picture(kWidth, kHeight);
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) {
      std::array<double, 3> colour{150, 150, 150};
      if (x < 30 && y < 30) colour = {235, 235, 235};
      if (std::hypot(x - 80, y - 40) < 22) colour = skin;
      if (y > 70) colour = {40, 60, 130};
      for (std::size_t channel = 0; channel < 3; ++channel) {
        const auto place = static_cast<std::size_t>(3 * (y * kWidth + x)) + channel;
        picture.samples[place] =
            static_cast<std::uint8_t>(std::lround(std::min(255.0, colour[channel] * light[channel])));
      }
    }
  }
  return picture;
}

TEST(SceneLight, WhiteIsWhatIsBrightest) {
  for (const double light : {1.0, 0.6, 0.3})
    EXPECT_NEAR(measure_scene_light(room({light, light, light}).view(), kAll, {}).white, light * 235 / 255, 0.01);
  EXPECT_NEAR(measure_scene_light(room({1, 1, 1}).view(), {40, 0, 60, 60}, {}).white, 150.0 / 255, 0.01)
      << "in the box";
}

TEST(SceneLight, AColouredWallIsAsBrightAsItsBrightestChannel) {
  RgbImage8 wall(kWidth, kHeight);
  for (std::size_t i = 0; i < wall.samples.size(); i += 3) {
    wall.samples[i] = 240;
    wall.samples[i + 1] = 160;
    wall.samples[i + 2] = 60;
  }
  const SceneLight light = measure_scene_light(wall.view(), kAll, {});
  EXPECT_NEAR(light.white, 170.0 / 255, 0.01);
  EXPECT_NEAR(light.brightest_channel, 240.0 / 255, 0.01);
}

TEST(SceneLight, TheCastIsThatOfGreysAndNotOfSkin) {
  for (const std::array<double, 3>& skin : {std::array<double, 3>{205, 150, 120}, std::array<double, 3>{110, 75, 58}}) {
    const SceneLight white = measure_scene_light(room({1, 1, 1}, skin).view(), kAll, {});
    EXPECT_NEAR(white.red, 0, 0.015);
    EXPECT_NEAR(white.brightest_channel, white.white, 0.02);
    EXPECT_NEAR(white.blue, 0, 0.015);
    const SceneLight warm = measure_scene_light(room({0.8, 0.7, 0.58}, skin).view(), kAll, {});
    EXPECT_NEAR(warm.red, std::log(0.8 / 0.7), 0.02);
    EXPECT_NEAR(warm.blue, std::log(0.58 / 0.7), 0.02);
  }
}

TEST(SceneLight, HeadsTellNothingOfTheCast) {
  const std::array<double, 3> pale{190, 176, 168};  // nearly grey, and as bright as nothing else
  RgbImage8 picture = room({1, 1, 1}, pale);
  for (std::size_t i = 0; i < picture.samples.size(); ++i)
    if (picture.samples[i] == 150 || picture.samples[i] == 235) picture.samples[i] = i % 3 == 1 ? 40 : 90;
  EXPECT_GT(measure_scene_light(picture.view(), kAll, {}).red, 0.05);
  EXPECT_EQ(measure_scene_light(picture.view(), kAll, {{50, 10, 110, 70}}).red, 0);
}

TEST(SceneLight, WithoutGreysNoCastIsKnown) {
  RgbImage8 picture(32, 32);
  for (std::size_t i = 0; i < picture.samples.size(); i += 3) {
    picture.samples[i] = 200, picture.samples[i + 1] = 90, picture.samples[i + 2] = 30;
  }
  const SceneLight light = measure_scene_light(picture.view(), {0, 0, 32, 32}, {});
  EXPECT_EQ(light.red, 0);
  EXPECT_EQ(light.blue, 0);
}

TEST(SceneLight, AnEmptyBoxIsNoFault) {
  const RgbImage8 picture = room({1, 1, 1});
  EXPECT_EQ(measure_scene_light(picture.view(), {9, 9, 9, 9}, {}).white, 0);
  EXPECT_EQ(measure_scene_light(picture.view(), {-50, -50, -9, -9}, {}).red, 0);
}

TEST(SceneLight, SkinIsMeasuredBelowTheEyesAndAboveTheMouth) {
  RgbImageF crop(kSkinCrop, kSkinCrop);
  std::fill(crop.samples.begin(), crop.samples.end(), 0.9F);
  for (std::size_t y = 36; y < 40; ++y) {
    for (std::size_t x = 20; x < 44; ++x)
      for (std::size_t channel = 0; channel < 3; ++channel) crop.samples[3 * (y * kSkinCrop + x) + channel] = 0.4F;
  }
  EXPECT_NEAR(measure_skin(crop.view()), 0.9, 1e-3) << "most of it";
  for (std::size_t y = 30; y < 44; ++y) {
    for (std::size_t x = 20; x < 44; ++x)
      for (std::size_t channel = 0; channel < 3; ++channel) crop.samples[3 * (y * kSkinCrop + x) + channel] = 0.4F;
  }
  EXPECT_NEAR(measure_skin(crop.view()), 0.4, 1e-3);
}

}  // namespace
}  // namespace reelface
