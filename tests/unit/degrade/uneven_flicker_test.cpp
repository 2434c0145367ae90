// SPDX-License-Identifier: Apache-2.0
#include "degrade/uneven_flicker.h"

#include <gtest/gtest.h>

#include <cmath>

#include "degrade_pictures.h"

namespace reelface {
namespace {

using namespace testing;

TEST(UnevenFlicker, HasTheRmsAskedForAndKeepsTheMeanOfEachFrame) {
  const RgbImageF grey = flat_picture(32, 24, 0.5F);
  double squares = 0;
  constexpr int kFrames = 1500;
  for (int frame = 0; frame < kFrames; ++frame) {
    const RgbImageF picture = degraded(
        grey, [](DegradeRecipe& r) { r.uneven_flicker = 0.04; }, frame);
    const ChannelStatistics found = statistics_of(as_matrix(picture));
    EXPECT_NEAR(found.mean[1], 0.5, 1e-4) << frame;
    squares += found.sigma[1] * found.sigma[1] / 0.25;
  }
  EXPECT_NEAR(std::sqrt(squares / kFrames), 0.04, 0.002);
}

TEST(UnevenFlicker, IsWhatItTells) {
  const RgbImageF grey = flat_picture(64, 48, 0.5F);
  DegradeRecipe recipe;
  recipe.uneven_flicker = 0.1;
  const Degrader::Told told = Degrader(recipe, 64, 48).apply_and_tell(grey.view(), 3);
  const UnevenLight& light = told.truth.uneven;
  EXPECT_GT(std::abs(light.across) + std::abs(light.down) + std::abs(light.corners), 0.01);
  for (const cv::Point at : {cv::Point(0, 0), cv::Point(63, 0), cv::Point(20, 40)}) {
    const double u = (at.x + 0.5) / 32 - 1, v = (at.y + 0.5) / 24 - 1;
    const double gain = 1 + light.across * u + light.down * v + light.corners * u * v;
    EXPECT_NEAR(as_matrix(told.picture).at<cv::Vec3f>(at)[0], 0.5 * gain, 1e-5);
  }
}

}  // namespace
}  // namespace reelface
