// SPDX-License-Identifier: Apache-2.0
#include "degrade/degrader.h"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "degrade_pictures.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

using namespace testing;

DegradeRecipe everything() {
  DegradeRecipe recipe;
  recipe.blur = 1.2, recipe.blur_ratio = 0.6, recipe.blur_angle = 20, recipe.shrink = 1.7, recipe.noise = 9;
  recipe.noise_colour = 0.5, recipe.jpeg = 50, recipe.chroma_blur = 2, recipe.chroma_shift = 1,
  recipe.line_jitter = 0.5;
  recipe.interlace = 1, recipe.grain = 8, recipe.sepia = 0.5, recipe.fade = 0.3, recipe.flicker = 0.05, recipe.dust = 5;
  recipe.scratches = 2, recipe.weave = 1, recipe.jitter = 0.5;
  recipe.uneven_flicker = 0.1, recipe.hairs = 2, recipe.blotches = 1, recipe.chroma_blotches = 1, recipe.mould = 1;
  recipe.splices = 20, recipe.doubled = 10;
  return recipe;
}

TEST(Degrader, DoesNothingByItself) {
  const RgbImageF clean = pattern_picture(37, 29);
  EXPECT_EQ(Degrader(DegradeRecipe{}, 37, 29).apply(clean.view(), 5).samples, clean.samples);
}

TEST(Degrader, DependsOnSeedAndFrameNumberOnly) {
  const RgbImageF clean = pattern_picture(90, 61), before = pattern_picture(90, 61, 3, 1);
  const Degrader degrader(everything(), 90, 61);
  const RgbImageF first = degrader.apply(clean.view(), 7, &before);
  degrader.apply(clean.view(), 123, &before);
  EXPECT_EQ(degrader.apply(clean.view(), 7, &before).samples, first.samples);
  EXPECT_NE(degrader.apply(clean.view(), 8, &before).samples, first.samples);
  DegradeRecipe other = everything();
  other.seed = 2;
  EXPECT_NE(Degrader(other, 90, 61).apply(clean.view(), 7, &before).samples, first.samples);
}

TEST(Degrader, GivesTheSameOnManyThreads) {
  const RgbImageF clean = pattern_picture(90, 61);
  const Degrader degrader(everything(), 90, 61);
  std::vector<RgbImageF> alone(8), together(8);
  for (std::size_t i = 0; i < 8; ++i) alone[i] = degrader.apply(clean.view(), static_cast<int>(i));
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] { together[i] = degrader.apply(clean.view(), static_cast<int>(i)); });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(alone[i].samples, together[i].samples) << i;
}

TEST(Degrader, SwitchingOneEffectOnLeavesTheOthersRandomNumbersAlone) {
  const RgbImageF grey = flat_picture(64, 64, 0.5F);
  const auto noise = degraded(grey, [](DegradeRecipe& r) { r.noise = 10; });
  const auto both = degraded(grey, [](DegradeRecipe& r) { r.noise = 10, r.flicker = 0.001, r.weave = 1; });
  EXPECT_GT(correlation(channel_of(noise, 0), channel_of(both, 0)), 0.999);
}

TEST(Degrader, EveryPresetOnOddAndTinySizesStaysInRange) {
  for (const auto& [name, meaning] : recipe_presets()) {
    for (const auto& [width, height] : {std::pair{1, 1}, {3, 2}, {17, 31}, {64, 48}}) {
      const Degrader degrader(recipe_named(name), width, height);
      const RgbImageF clean = pattern_picture(width, height);
      const RgbImageF result = degrader.apply(clean.view(), 100000, &clean);
      EXPECT_EQ(result.width, degrader.output_width()) << name;
      for (const float sample : result.samples) ASSERT_TRUE(sample >= 0 && sample <= 1) << name << " " << sample;
    }
  }
}

TEST(Degrader, TellsWhatItDidAndDoesTheSame) {
  const RgbImageF clean = pattern_picture(160, 120);
  DegradeRecipe recipe = everything();
  recipe.dust = 12, recipe.splices = 0;  // their edges lie on the film, their jumps do not
  const Degrader degrader(recipe, 160, 120);
  DegradeRecipe undamaged_recipe = recipe;
  undamaged_recipe.dust = undamaged_recipe.scratches = undamaged_recipe.hairs = undamaged_recipe.blotches = 0;
  undamaged_recipe.chroma_blotches = undamaged_recipe.mould = 0;
  const Degrader undamaged(undamaged_recipe, 160, 120);
  for (int frame = 0; frame < 20; ++frame) {
    const Degrader::Told told = degrader.apply_and_tell(clean.view(), frame);
    ASSERT_EQ(told.picture.samples, degrader.apply(clean.view(), frame).samples);
    const Degrader::Told without = undamaged.apply_and_tell(clean.view(), frame);
    EXPECT_EQ(without.truth.laid.count(), 0);
    cv::Mat difference, channels[3];
    cv::absdiff(as_matrix(told.picture), as_matrix(without.picture), difference);
    cv::split(difference, channels);
    const cv::Mat changed = cv::max(cv::max(channels[0], channels[1]), channels[2]) >= 1.0F / 255;
    const cv::Mat mask(told.truth.height, told.truth.width, CV_8U, const_cast<std::uint8_t*>(told.truth.mask.data()));
    EXPECT_EQ(cv::countNonZero(changed != mask), 0) << frame;
    EXPECT_EQ(cv::countNonZero(mask) > 0, told.truth.laid.count() > 0) << frame;
    EXPECT_NEAR(told.truth.noise, std::hypot(9, 8), 1e-9);
  }
}

TEST(Degrader, TellsWeaveAndFlicker) {
  const RgbImageF clean = pattern_picture(160, 120);
  DegradeRecipe recipe;
  recipe.weave = 3, recipe.flicker = 0.1;
  const Degrader degrader(recipe, 160, 120);
  for (int frame = 0; frame < 5; ++frame) {
    const Degrader::Told told = degrader.apply_and_tell(clean.view(), frame);
    const RgbImageF moved = pattern_picture(160, 120, told.truth.weave_x, told.truth.weave_y);
    const cv::Rect inside(10, 10, 140, 100);
    cv::Mat expected = as_matrix(moved) * told.truth.flicker;
    cv::min(expected, 1, expected);
    EXPECT_LT(cv::norm(expected(inside), as_matrix(told.picture)(inside), cv::NORM_L1) / (3 * inside.area()), 0.02);
  }
}

TEST(Degrader, RefusesNonsense) {
  DegradeRecipe recipe;
  EXPECT_THROW(Degrader(recipe, 0, 5), Error);
  recipe.noise = std::nan("");
  EXPECT_THROW(Degrader(recipe, 5, 5), Error);
  recipe.noise = 0;
  recipe.shrink = 0;
  EXPECT_THROW(Degrader(recipe, 5, 5), Error);
  EXPECT_THROW(Degrader(DegradeRecipe{}, 6, 5).apply(RgbImageF(5, 5).view(), 0), Error);
}

}  // namespace
}  // namespace reelface
