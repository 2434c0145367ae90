// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/even_stage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "film_of_scenery.h"

namespace reelface {
namespace {

using testing::frame_of;
using testing::grey_of;
using testing::Scenery;
using testing::seen;

using Light = std::function<double(int)>;

std::vector<Frame> film_of(int count, const Light& light, cv::Point2d step = {}) {
  const Scenery scenery(1);
  std::vector<Frame> film;
  film.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) film.push_back(frame_of(seen(scenery, cv::Point2d(50, 50) + step * i) * light(i)));
  return film;
}

std::vector<Frame> evened(const std::vector<Frame>& film) {
  return testing::behind_steps(make_even_stage(8), make_tone_stage(), film, 8);
}

double flicker(int number) {
  cv::RNG random(static_cast<std::uint64_t>(number) * 7919 + 1);
  random.next();
  return 1 + random.gaussian(0.025);
}

/// How far frames are from what they would be in even light, rms, as a share.
double unevenness(const std::vector<Frame>& film, const std::vector<Frame>& even) {
  double sum = 0;
  for (std::size_t i = 0; i < film.size(); ++i) {
    const double ratio = cv::mean(grey_of(film[i]))[0] / cv::mean(grey_of(even[i]))[0];
    sum += (ratio - 1) * (ratio - 1);
  }
  return std::sqrt(sum / static_cast<double>(film.size()));
}

TEST(EvenStage, FlickerIsTakenOut) {
  const Light even = [](int) { return 1.0; };
  const std::vector<Frame> film = film_of(160, flicker), truth = film_of(160, even);
  EXPECT_GT(unevenness(film, truth), 0.02);
  EXPECT_LE(unevenness(evened(film), truth), 0.005);
}

TEST(EvenStage, FlickerThatNobodySeesStays) {
  const std::vector<Frame> film = film_of(100, [](int i) { return 0.2 * (1 + 0.1 * (flicker(i) - 1)); });
  const std::vector<Frame> result = evened(film);
  for (std::size_t i = 0; i < film.size(); ++i)
    EXPECT_EQ(cv::norm(grey_of(result[i]), grey_of(film[i]), cv::NORM_INF), 0) << i;
}

TEST(EvenStage, FlickerIsTakenOutOfAPan) {
  const Light even = [](int) { return 1.0; };
  const cv::Point2d step(2, 0.5);
  const std::vector<Frame> film = film_of(120, flicker, step), truth = film_of(120, even, step);
  EXPECT_LE(unevenness(evened(film), truth), 0.3 * unevenness(film, truth));
}

double largest_change(const std::vector<Frame>& film, const std::vector<Frame>& after) {
  double largest = 0;
  for (std::size_t i = 0; i < film.size(); ++i) {
    largest = std::max(largest, std::abs(cv::mean(grey_of(after[i]))[0] - cv::mean(grey_of(film[i]))[0]));
  }
  return largest;
}

TEST(EvenStage, AFadeToBlackStays) {
  const std::vector<Frame> film = film_of(120, [](int i) { return i < 50 ? 1.0 : std::max(0.0, 1 - (i - 50) / 40.0); });
  EXPECT_LE(largest_change(film, evened(film)), 1);
}

TEST(EvenStage, LightningStays) {
  const std::vector<Frame> film = film_of(100, [](int i) { return i == 40 || i == 41 || i == 45 ? 1.6 : 1.0; });
  EXPECT_LE(largest_change(film, evened(film)), 1);
}

TEST(EvenStage, ALampThatIsSwitchedOnStays) {
  const std::vector<Frame> film = film_of(100, [](int i) { return i < 50 ? 0.7 : 1.0; });
  EXPECT_LE(largest_change(film, evened(film)), 1);
}

TEST(EvenStage, ALampThatIsOnForHalfASecondStays) {
  const std::vector<Frame> film = film_of(100, [](int i) { return i >= 50 && i < 60 ? 1.25 : 1.0; });
  EXPECT_LE(largest_change(film, evened(film)), 1);
}

/// As a crank turned by hand exposes a film: up and down by a tenth within half a second, and every frame by itself.
double by_hand(int number) {
  return 1 + 0.1 * std::sin(number * 0.47) * std::sin(number * 0.13 + 1) + (flicker(number) - 1);
}

TEST(EvenStage, LightOfACrankTurnedByHandIsEvened) {
  const std::vector<Frame> film = film_of(120, by_hand), truth = film_of(120, [](int) { return 1.0; });
  EXPECT_GT(unevenness(film, truth), 0.05);
  EXPECT_LE(unevenness(evened(film), truth), 0.5 * unevenness(film, truth));
}

TEST(EvenStage, AFadeThatFlickersFadesAsFar) {
  const auto fade = [](int i) { return i < 50 ? 1.0 : std::max(0.2, 1 - (i - 50) / 60.0); };
  const Light flickers = [&fade](int i) { return fade(i) * flicker(i); };
  const std::vector<Frame> film = film_of(130, flickers), truth = film_of(130, fade);
  const std::vector<Frame> result = evened(film);
  EXPECT_LE(unevenness(result, truth), unevenness(film, truth));
  EXPECT_LE(largest_change(truth, result), largest_change(truth, film) + 1);
}

}  // namespace
}  // namespace reelface
