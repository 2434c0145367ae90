#include "pipeline/stages/levels_stage.h"

#include <gtest/gtest.h>

#include <vector>

#include "film/faded_levels.h"
#include "film_of_scenery.h"

namespace reelface {
namespace {

using testing::frame_of;
using testing::grey_of;
using testing::Scenery;
using testing::seen;

/// As a print that has faded: blacks that are none, whites that are none.
cv::Mat faded(const cv::Mat& picture) {
  return picture * 0.5 + 45;
}

std::vector<Frame> film_of(int count, bool is_faded, int seed = 1) {
  const Scenery scenery(seed);
  std::vector<Frame> film;
  for (int i = 0; i < count; ++i) {
    const cv::Mat picture = seen(scenery, {50 + 0.5 * i, 50}) * 1.5 - 60;
    film.push_back(frame_of(is_faded ? faded(picture) : picture));
  }
  return film;
}

std::vector<Frame> levelled(const std::vector<Frame>& film, std::size_t frames_per_group = 8) {
  return testing::behind_steps(make_levels_stage(frames_per_group), make_contrast_stage(), film, frames_per_group);
}

double spread(const Frame& frame) {
  cv::Scalar mean, deviation;
  cv::meanStdDev(grey_of(frame), mean, deviation);
  return deviation[0];
}

TEST(LevelsStage, AFadedFilmHasContrastAgain) {
  const std::vector<Frame> film = film_of(40, true), result = levelled(film);
  for (std::size_t i = 0; i < film.size(); ++i) EXPECT_GT(spread(result[i]), 1.4 * spread(film[i])) << i;
}

TEST(LevelsStage, AFilmThatHasNotFadedStaysBitForBit) {
  const std::vector<Frame> film = film_of(20, false), result = levelled(film);
  for (std::size_t i = 0; i < film.size(); ++i)
    EXPECT_EQ(cv::norm(grey_of(result[i]), grey_of(film[i]), cv::NORM_INF), 0) << i;
}

TEST(LevelsStage, ContrastDoesNotFollowASingleFrame) {
  std::vector<Frame> film = film_of(40, true);
  film[20] = frame_of(cv::Mat(grey_of(film[20]) + 20));  // a flash
  const std::vector<Frame> plain = levelled(film_of(40, true)), flashed = levelled(film);
  for (const std::size_t i : {10U, 19U, 21U, 30U})
    EXPECT_LT(cv::norm(grey_of(plain[i]), grey_of(flashed[i]), cv::NORM_INF), 4) << i;
}

TEST(LevelsStage, AtMostOneSampleInAThousandIsClipped) {
  for (const Frame& frame : levelled(film_of(24, true))) {
    const cv::Mat grey = grey_of(frame);
    EXPECT_LT(cv::countNonZero(grey <= 0) + cv::countNonZero(grey >= 255), 0.001 * static_cast<double>(grey.total()));
  }
}

TEST(LevelsStage, TheSameInGroupsOfAnyLength) {
  const std::vector<Frame> film = film_of(30, true), eight = levelled(film, 8), three = levelled(film, 3);
  for (std::size_t i = 0; i < film.size(); ++i)
    EXPECT_EQ(cv::norm(grey_of(eight[i]), grey_of(three[i]), cv::NORM_INF), 0) << i;
}

}  // namespace
}  // namespace reelface
