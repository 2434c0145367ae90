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
