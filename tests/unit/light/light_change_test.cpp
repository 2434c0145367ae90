// SPDX-License-Identifier: Apache-2.0
#include "light/light_change.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reelface {
namespace {

SceneLight in_light(double white, double red = 0, double blue = 0) {
  return {white, red, blue};
}

double lit(double skin, const LightChange& change) {
  return light_curves(change).at(1, static_cast<float>(skin));
}

TEST(LightChange, GoodLightStaysAsItIs) {
  for (const double skin : {0.32, 0.45, 0.6, 0.7})
    EXPECT_FALSE(light_curves(wanted_light(in_light(0.9), skin)).can_be_seen()) << skin;
}

TEST(LightChange, DimLightIsMadeUpForAndAllSkinsGainAlike) {
  for (const double light : {0.75, 0.6, 0.5}) {
    for (const double skin : {0.33, 0.45, 0.55, 0.62}) {
      const double dim = skin * light, after = lit(dim, wanted_light(in_light(0.88 * light), dim));
      EXPECT_LT(std::abs(after - skin), 0.35 * (skin - dim)) << skin << " in " << light;
    }
  }
}

/// A wooden wall in warm light: it is not white, and yet as bright as it can be.
TEST(LightChange, WhatIsFullInOneChannelGetsNoMore) {
  const double skin = 0.48;
  EXPECT_TRUE(light_curves(wanted_light({0.67, 0, 0, 0.6}, skin)).can_be_seen());
  EXPECT_FALSE(light_curves(wanted_light({0.67, 0, 0, 0.94}, skin)).can_be_seen());
}

TEST(LightChange, LightFromBehindIsFilled) {
  const LightChange change = wanted_light(in_light(0.95), 0.2);
  EXPECT_GT(lit(0.2, change), 0.28);
  EXPECT_NEAR(lit(1, change), 1, 1e-6) << "white stays white";
  EXPECT_EQ(lit(0, change), 0);
}

TEST(LightChange, NothingIsDarkenedAndNobodyBecomesTooBright) {
  for (int tenths = 1; tenths <= 10; ++tenths) {
    for (int fiftieths = 1; fiftieths <= 5 * tenths; ++fiftieths) {
      const double white = tenths / 10.0, skin = fiftieths / 50.0;
      const LightChange change = wanted_light(in_light(white), skin);
      EXPECT_GE(lit(skin, change), skin - 1e-3) << skin << " beside " << white;
      EXPECT_LE(lit(skin, change), std::max(0.7, skin + 1e-3)) << skin << " beside " << white;
    }
  }
}

TEST(LightChange, CurvesRiseAndEndAtWhite) {
  const ChannelCurves curves = light_curves(wanted_light(in_light(0.5, 0.2, -0.2), 0.25));
  for (const int channel : {0, 1, 2}) {
    for (int step = 1; step <= 255; ++step) {
      const float before = static_cast<float>(step - 1) / 255, here = static_cast<float>(step) / 255;
      EXPECT_GE(curves.at(channel, here), curves.at(channel, before));
    }
    EXPECT_LE(curves.at(channel, 1), 1);
  }
}

TEST(LightChange, ACastGoesWithoutChangingTheBrightness) {
  const LightChange change = wanted_light(in_light(0.9, 0.15, -0.2), 0.5);
  const ChannelCurves curves = light_curves(change);
  const double red = curves.at(0, static_cast<float>(0.5 * std::exp(0.15))), green = curves.at(1, 0.5F),
               blue = curves.at(2, static_cast<float>(0.5 * std::exp(-0.2)));
  EXPECT_LT(std::abs(std::log(red / green)), 0.06);
  EXPECT_LT(std::abs(std::log(blue / green)), 0.06);
  EXPECT_NEAR(0.2126 * curves.at(0, 0.5F) + 0.7152 * curves.at(1, 0.5F) + 0.0722 * curves.at(2, 0.5F), 0.5, 1e-3);
  EXPECT_EQ(wanted_light(in_light(0.9, 0.02, -0.02), 0.5).red, 0) << "hardly a cast";
  EXPECT_GE(wanted_light(in_light(0.9, 1, 0), 0.5).red, -0.25) << "a red room";
}

TEST(LightChange, DarknessIsNoFault) {
  const LightChange change = wanted_light(in_light(0), 0);
  EXPECT_TRUE(std::isfinite(change.gain) && std::isfinite(change.fill));
  EXPECT_EQ(lit(0, change), 0);
}

}  // namespace
}  // namespace reelface
