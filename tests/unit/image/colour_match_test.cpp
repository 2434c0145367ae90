// SPDX-License-Identifier: Apache-2.0
#include "image/colour_match.h"

#include <gtest/gtest.h>

#include <cmath>

#include "reelface/core/error.h"
#include "support/frames.h"
#include "support/mask_weight.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

using testing::sample_at;

RgbImageF picture(int size, double red, double green, double blue) {
  RgbImageF image(size, size);
  for (std::size_t i = 0; i < image.samples.size(); i += 3) {
    const double detail = 0.1 * std::sin(0.9 * static_cast<double>(i / 3 % size));
    image.samples[i] = static_cast<float>(red + detail);
    image.samples[i + 1] = static_cast<float>(green + detail);
    image.samples[i + 2] = static_cast<float>(blue + detail);
  }
  return image;
}

TEST(ColourMatch, TakesAwayACastAndKeepsTheDetail) {
  const RgbImageF crop = picture(64, 0.5, 0.4, 0.3);
  RgbImageF restored = picture(64, 0.6, 0.35, 0.3);
  for (std::size_t i = 0; i < restored.samples.size(); i += 6) restored.samples[i] += 0.05F;  // detail of its own
  MaskImage mask(64, 64);
  for (int y = 16; y < 48; ++y) {
    for (int x = 16; x < 48; ++x) testing::weight_at(mask, x, y) = 1;
  }
  match_colour(restored, crop.view(), mask);
  // Outside the mask too: cells without any mask follow their neighbours.
  for (std::size_t pixel = 0; pixel < std::size_t{64} * 64; ++pixel) {
    EXPECT_NEAR(restored.samples[3 * pixel] - crop.samples[3 * pixel], pixel % 2 == 0 ? 0.025 : -0.025, 1e-3);
    EXPECT_NEAR(restored.samples[3 * pixel + 1], crop.samples[3 * pixel + 1], 1e-4);
    EXPECT_NEAR(restored.samples[3 * pixel + 2], crop.samples[3 * pixel + 2], 1e-4);
  }
}

TEST(ColourMatch, FollowsLightThatChangesAcrossTheFaceWithoutSteps) {
  const RgbImageF crop = picture(128, 0.5, 0.5, 0.5);
  RgbImageF restored = crop;
  for (int y = 0; y < 128; ++y) {
    for (int x = 0; x < 128; ++x) sample_at(restored, x, y) += static_cast<float>(0.2 * x / 128);
  }
  match_colour(restored, crop.view(), MaskImage(128, 128, 1));
  float last = 0;
  for (int x = 0; x < 128; ++x) {
    const float rest = sample_at(restored, x, 64) - sample_at(crop, x, 64);
    if (x >= 24 && x < 104) {
      EXPECT_NEAR(rest, 0, 0.015) << x;
    }
    if (x > 0) {
      EXPECT_LT(std::fabs(rest - last), 0.004) << x;
    }
    last = rest;
  }
}

TEST(ColourMatch, WithoutAMaskNothingHappens) {
  const RgbImageF crop = picture(16, 0.5, 0.5, 0.5);
  RgbImageF restored = picture(16, 0.1, 0.2, 0.3);
  const std::vector<float> before = restored.samples;
  match_colour(restored, crop.view(), MaskImage(16, 16, 0));
  EXPECT_EQ(restored.samples, before);
  EXPECT_THROW(measure_colour_match(restored.view(), crop.view(), MaskImage(8, 8, 1)), Error);
}

TEST(ColourVariance, TellsGreyFromColour) {
  EXPECT_TRUE(is_grey(colour_variance(picture(32, 0.5, 0.5, 0.5).view())));
  EXPECT_TRUE(is_grey(colour_variance(picture(32, 0.6, 0.5, 0.4).view())))
      << "a tint alone is grey film, scanned in colour";
  RgbImageF face = picture(32, 0.6, 0.5, 0.4);
  for (std::size_t i = 0; i < face.samples.size() / 2; i += 3) face.samples[i] += 0.2F;
  EXPECT_FALSE(is_grey(colour_variance(face.view())));
  EXPECT_EQ(colour_variance(RgbViewF{}), 0);
}

}  // namespace
}  // namespace reelface
