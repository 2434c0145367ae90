// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/bottom_stage.h"

#include <gtest/gtest.h>

#include <vector>

#include "film_of_scenery.h"

namespace reelface {
namespace {

using testing::frame_of;
using testing::grey_of;
using testing::kFilmHeight;
using testing::kFilmWidth;
using testing::Scenery;
using testing::seen;

constexpr int kLines = 4;

std::vector<Frame> film_of(int count, bool is_torn) {
  const Scenery scenery(20261);
  std::vector<Frame> film;
  cv::RNG random(0x9E3779B97F4A7C15U);
  for (int i = 0; i < count; ++i) {
    cv::Mat picture = seen(scenery, {50 + 0.4 * i, 50});
    const int aside = 12 + random.uniform(-2, 3);
    for (int y = kFilmHeight - kLines; is_torn && y < kFilmHeight; ++y) {
      const cv::Mat line = picture.row(y).clone();
      picture.row(y).setTo(5);
      line.colRange(0, kFilmWidth - aside).copyTo(picture.row(y).colRange(aside, kFilmWidth));
    }
    film.push_back(frame_of(picture));
  }
  return film;
}

std::vector<Frame> filled(const std::vector<Frame>& film, std::size_t frames_per_group = 8) {
  return testing::behind_steps(make_switching_lines_stage(frames_per_group), make_bottom_stage(), film,
                               frames_per_group);
}

TEST(BottomStage, TornLinesAreFilledAndTheRestStaysBitForBit) {
  const std::vector<Frame> film = film_of(30, true), whole = film_of(30, false), result = filled(film);
  const cv::Rect above(0, 0, kFilmWidth, kFilmHeight - kLines), torn(0, kFilmHeight - kLines, kFilmWidth, kLines);
  for (std::size_t i = 0; i < film.size(); ++i) {
    EXPECT_EQ(cv::norm(grey_of(result[i])(above), grey_of(film[i])(above), cv::NORM_INF), 0) << i;
    EXPECT_LT(cv::norm(grey_of(result[i])(torn), grey_of(whole[i])(torn), cv::NORM_L1),
              0.6 * cv::norm(grey_of(film[i])(torn), grey_of(whole[i])(torn), cv::NORM_L1))
        << i;
  }
}

TEST(BottomStage, AWholeFilmStaysBitForBit) {
  const std::vector<Frame> film = film_of(20, false), result = filled(film);
  for (std::size_t i = 0; i < film.size(); ++i)
    EXPECT_EQ(cv::norm(grey_of(result[i]), grey_of(film[i]), cv::NORM_INF), 0) << i;
}

TEST(BottomStage, TheSameInGroupsOfAnyLength) {
  const std::vector<Frame> film = film_of(30, true), eight = filled(film, 8), five = filled(film, 5);
  for (std::size_t i = 0; i < film.size(); ++i)
    EXPECT_EQ(cv::norm(grey_of(eight[i]), grey_of(five[i]), cv::NORM_INF), 0) << i;
}

}  // namespace
}  // namespace reelface
