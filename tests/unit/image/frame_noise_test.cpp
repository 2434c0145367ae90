// SPDX-License-Identifier: Apache-2.0
#include "image/frame_noise.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/frames.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

using namespace testing;

/// About the normal distribution, sigma 1.
double noise_at(int x, int y, int seed) {
  double sum = 0;
  for (std::uint32_t i = 0; i < 12; ++i) {
    const auto at = static_cast<std::uint32_t>((seed * 7919 + y) * 16381 + x) * 12 + i;
    sum += static_cast<double>(hash_of(at)) / 4294967296.0;
  }
  return sum - 6;
}

Frame noisy_frame(const std::string& layout, double sigma) {
  return frame_of_rgb(frame_facts(layout, 320, 240), [sigma](double x, double y) -> RgbValues {
    const double shade = 0.2 + 0.6 * x / 320 + sigma / 255 * noise_at(static_cast<int>(x), static_cast<int>(y), 3);
    return {shade, shade, shade};
  });
}

TEST(FrameNoise, IsMeasuredInLevels) {
  for (const char* layout : {"gray", "yuv420p", "yuv422p10le", "rgb24"}) {
    for (const double sigma : {3.0, 8.0, 15.0}) {
      EXPECT_NEAR(noise_levels(frame_grain(noisy_frame(layout, sigma))), sigma, 0.25 * sigma) << layout << " " << sigma;
    }
  }
}

TEST(FrameNoise, OfACleanPictureIsNextToNothing) {
  EXPECT_LT(noise_levels(frame_grain(noisy_frame("yuv420p", 0))), 0.8);  // rounding
}

TEST(FrameNoise, OfAPictureThatIsTooSmallIsNone) {
  EXPECT_EQ(noise_levels(frame_grain(frame_of_codes(frame_facts("gray", 5, 4), [](int, int, int) { return 80; }))), 0);
}

TEST(FrameNoise, ThatIsAddedIsMeasuredAgain) {
  Frame frame = noisy_frame("yuv420p", 0);
  add_frame_grain(frame, frame_grain(noisy_frame("yuv420p", 8)), 5);
  EXPECT_NEAR(noise_levels(frame_grain(frame)), 8, 2);
}

/// Fine texture that stays where it is, under noise of its own for each picture.
RgbImageF textured(double sigma, int seed) {
  RgbImageF picture(160, 120);
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const double shade = 0.5 + 0.1 * noise_at(x, y, 1) + sigma / 255 * noise_at(x, y, seed);
      for (int c = 0; c < 3; ++c) sample_at(picture, x, y, c) = static_cast<float>(shade);
    }
  }
  return picture;
}

TEST(ChangingNoise, IsMeasuredInLevelsWhateverTheTexture) {
  for (const double sigma : {1.0, 4.0, 10.0}) {
    const RgbImageF one = textured(sigma, 2), other = textured(sigma, 3);
    EXPECT_NEAR(noise_levels(changing_noise({{{one.view(), other.view()}}})), sigma, 0.15 * sigma);
  }
  const RgbImageF still = textured(4, 2);
  EXPECT_EQ(noise_levels(changing_noise({{{still.view(), still.view()}}})), 0);
}

TEST(ChangingNoise, OfSeveralPairsTheOneThatChangesLeastTells) {
  const RgbImageF one = textured(2, 2), other = textured(2, 3), moved_badly = textured(9, 4);
  const double noise = noise_levels(changing_noise({{{one.view(), moved_badly.view()}, {one.view(), other.view()}}}));
  EXPECT_NEAR(noise, 2, 0.3);
  EXPECT_NEAR(noise_levels(changing_noise({{{one.view(), one.view()}, {one.view(), other.view()}}})), 2, 0.3);
}

TEST(ChangingNoise, AFrameShownTwiceSaysNothing) {
  const RgbImageF one = textured(4, 2), other = textured(4, 3);
  RgbImageF again = one;  // compressed once more
  for (std::size_t i = 0; i < again.samples.size(); ++i)
    again.samples[i] += static_cast<float>(0.4 / 255 * noise_at(static_cast<int>(i / 3), 1, 9));
  const PicturePair to_other{one.view(), other.view()}, to_itself{one.view(), again.view()};
  EXPECT_NEAR(noise_levels(changing_noise({{to_itself}, {to_other}})), 4, 0.6);
  EXPECT_NEAR(noise_levels(changing_noise({{to_other}, {to_itself}})), 4, 0.6);
}

GrainModel model_of(double levels) {
  GrainModel model;
  model.sigma.fill(static_cast<float>(levels / 255));
  model.blocks = 50;
  return model;
}

TEST(SettledNoise, IsTheMeanOverFramesThatSaySomething) {
  EXPECT_TRUE(settled_noise({}).is_empty());
  EXPECT_TRUE(settled_noise({GrainModel(), GrainModel()}).is_empty());
  EXPECT_NEAR(noise_levels(settled_noise({model_of(3), model_of(5)})), 4, 1e-4);
  EXPECT_NEAR(noise_levels(settled_noise({model_of(0.2), model_of(3), model_of(0.1), model_of(5), GrainModel()})), 4,
              1e-4);
}

TEST(ChangingNoise, IsToldByTone) {
  RgbImageF one = textured(0, 2), other = one;
  for (int y = 0; y < one.height; ++y) {
    for (int x = 0; x < one.width; ++x) {
      const double sigma = x < one.width / 2 ? 2 : 6, light = x < one.width / 2 ? 0.3 : -0.3;
      for (int c = 0; c < 3; ++c) {
        sample_at(one, x, y, c) += static_cast<float>(light + sigma / 255 * noise_at(x, y, 5));
        sample_at(other, x, y, c) += static_cast<float>(light + sigma / 255 * noise_at(x, y, 6));
      }
    }
  }
  const GrainModel noise = changing_noise({{{one.view(), other.view()}}});
  EXPECT_NEAR(255 * noise.sigma[6], 2, 0.3);
  EXPECT_NEAR(255 * noise.sigma[1], 6, 0.9);
}

TEST(ChangingNoise, AToneThatIsSeenOnlyOnWhatMovesIsNotNoisy) {
  RgbImageF one = textured(1, 2), other = textured(1, 3);
  for (RgbImageF* picture : {&one, &other}) {
    for (int y = 0; y < 48; ++y) {
      for (int i = 0; i < 3 * 48; ++i) picture->samples[std::size_t{3} * y * one.width + i] += 0.4F;
    }
  }
  for (int y = 0; y < 48; ++y) {
    for (int x = 0; x < 48; ++x) {
      for (int c = 0; c < 3; ++c) sample_at(one, x, y, c) += 0.15F * static_cast<float>(noise_at(x, y, 8));
    }
  }
  EXPECT_LT(255 * changing_noise({{{one.view(), other.view()}}}).sigma[7], 5);
}

TEST(ChangingNoise, FlickerIsNone) {
  const RgbImageF picture = textured(0, 2);
  RgbImageF brighter = picture;
  for (float& sample : brighter.samples) sample += 0.05F;
  EXPECT_LT(noise_levels(changing_noise({{{picture.view(), brighter.view()}}})), 0.1);
}

TEST(ChangingNoise, BlackBordersDoNotCount) {
  RgbImageF one = textured(4, 2), other = textured(4, 3);
  for (RgbImageF* picture : {&one, &other}) std::fill_n(picture->samples.begin(), picture->samples.size() / 2, 0.0F);
  EXPECT_NEAR(noise_levels(changing_noise({{{one.view(), other.view()}}})), 4, 0.6);
}

}  // namespace
}  // namespace reelface
