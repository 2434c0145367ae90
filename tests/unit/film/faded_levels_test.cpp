// SPDX-License-Identifier: Apache-2.0
#include "film/faded_levels.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

/// Tones from `black` to `white`, evenly.
cv::Mat ramp(double black, double white) {
  cv::Mat picture(200, 300, CV_32F);
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x)
      picture.at<float>(y, x) = static_cast<float>(black + (white - black) * ((7 * x + 13 * y) % 300) / 299.0);
  }
  return picture;
}

double restored(const ToneChange& fading, double grey) {
  return grey - fading.at(grey, 0, 0);
}

TEST(FadedLevels, TheRangeIsWithoutBorderAndSpecks) {
  cv::Mat picture = ramp(40, 180);
  picture(cv::Rect(0, 0, 8, 200)) = 0;
  picture(cv::Rect(100, 100, 3, 3)) = 255;
  const ToneRange range = measure_tone_range(picture);
  EXPECT_NEAR(range.black, 40, 1);
  EXPECT_NEAR(range.white, 180, 1);
}

TEST(FadedLevels, AFadedFilmGetsItsBlackAndWhiteBack) {
  const ToneChange fading = fading_of({44, 190});
  EXPECT_NEAR(restored(fading, 44), 8, 0.5);
  EXPECT_NEAR(restored(fading, 190), 232, 0.5);
  EXPECT_NEAR(restored(fading, 117), 120, 0.5);
}

TEST(FadedLevels, AMiddleThatIsTooLightOrTooDarkComesNearer) {
  const ToneRange light = unfaded({40, 190, 165}), dark = unfaded({40, 190, 50}), usual = unfaded({40, 190, 100});
  const auto middle = [](const ToneRange& range) { return (range.middle - range.black) / (range.white - range.black); };
  EXPECT_LT(middle(light), 125.0 / 150 - 0.02);
  EXPECT_GT(middle(dark), 10.0 / 150 + 0.02);
  EXPECT_NEAR(middle(usual), 60.0 / 150, 1e-6);
  EXPECT_NEAR(restored(fading_of({40, 190, 165}), 153), 153 + unfaded({40, 190, 165}).middle - 165, 12);
}

TEST(FadedLevels, AFrameThatReachesFartherThanItsShotIsNotClipped) {
  const ToneRange shot{60, 170, 110};
  for (const ToneRange& own : {ToneRange{20, 170, 100}, ToneRange{60, 250, 140}, ToneRange{35, 230, 120}}) {
    const ToneChange fading = fading_of(shot, own);
    EXPECT_GE(restored(fading, own.black), -4);  // the curve is straight between its knots
    EXPECT_LE(restored(fading, own.white), 259);
  }
  EXPECT_LT(restored(fading_of(shot), 20), -20);
}

TEST(FadedLevels, DarkSceneriesStayDark) {
  const ToneChange fading = fading_of({2, 90});
  for (const double grey : {0.0, 40.0, 90.0}) EXPECT_EQ(restored(fading, grey), grey);
}

TEST(FadedLevels, MistIsNotStretchedBeyondMeasure) {
  const ToneChange fading = fading_of({150, 180});
  EXPECT_NEAR(restored(fading, 180) - restored(fading, 150), 30 * 1.7, 0.5);
}

TEST(FadedLevels, ThereIsNoStepBetweenFadedAndNot) {
  EXPECT_LT(std::abs(restored(fading_of({14.2, 200}), 200) - 200), 1);
}

}  // namespace
}  // namespace reelface
