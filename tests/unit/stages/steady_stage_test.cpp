// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/steady_stage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "degrade/picture_effects.h"
#include "film/global_motion.h"
#include "film_of_scenery.h"

namespace reelface {
namespace {

using testing::frame_of;
using testing::grey_of;
using testing::Scenery;
using testing::seen;

const cv::Point2d kCorner(50, 50);

cv::Point2d gate(int number) {
  DegradeRecipe recipe;
  recipe.weave = 0.7;
  recipe.jitter = 0.25;
  return gate_position(recipe, number);
}

struct Film {
  std::vector<Frame> frames;

  /// Each frame in the place that the gate has for it.
  void append(const Scenery& scenery, int count, cv::Point2d step = {}) {
    for (int i = 0; i < count; ++i) {
      const auto number = static_cast<int>(frames.size());
      frames.push_back(frame_of(seen(scenery, kCorner + step * i - gate(number))));
    }
  }
};

std::vector<Frame> steadied(const Film& film, std::size_t frames_per_group) {
  return testing::behind_steps(make_steady_stage(frames_per_group), make_shift_stage(), film.frames, frames_per_group);
}

/// Where each frame is against the first.
std::vector<cv::Point2d> path_of(const std::vector<Frame>& frames, std::size_t first, std::size_t end) {
  std::vector<cv::Point2d> path = {{}};
  for (std::size_t i = first + 1; i < end; ++i) {
    path.push_back(find_global_motion(grey_of(frames[first]), grey_of(frames[i])).shift);
  }
  return path;
}

double rms_about_mean(const std::vector<cv::Point2d>& path, double cv::Point2d::*axis) {
  double mean = 0, sum = 0;
  for (const cv::Point2d& place : path) mean += place.*axis / static_cast<double>(path.size());
  for (const cv::Point2d& place : path) sum += (place.*axis - mean) * (place.*axis - mean);
  return std::sqrt(sum / static_cast<double>(path.size()));
}

TEST(SteadyStage, AFilmThatWeavesStandsStill) {
  Film film;
  film.append(Scenery(1), 300);
  const std::vector<cv::Point2d> before = path_of(film.frames, 0, 300);
  const std::vector<cv::Point2d> after = path_of(steadied(film, 8), 0, 300);
  EXPECT_GT(rms_about_mean(before, &cv::Point2d::x), 0.5);
  EXPECT_LE(rms_about_mean(after, &cv::Point2d::x), 0.12);
  EXPECT_LE(rms_about_mean(after, &cv::Point2d::y), 0.12);
}

TEST(SteadyStage, GroupsDoNotMatter) {
  Film film;
  film.append(Scenery(2), 120);
  const std::vector<Frame> by_eight = steadied(film, 8), by_three = steadied(film, 3);
  for (std::size_t i = 0; i < by_eight.size(); ++i) {
    EXPECT_EQ(cv::norm(grey_of(by_eight[i]), grey_of(by_three[i]), cv::NORM_INF), 0) << i;
  }
}

TEST(SteadyStage, NothingReachesAcrossACut) {
  Film both;
  both.append(Scenery(3), 60);
  both.append(Scenery(4), 60);
  Film first;
  first.append(Scenery(3), 60);
  const std::vector<Frame> whole = steadied(both, 8), alone = steadied(first, 8);
  for (std::size_t i = 0; i < alone.size(); ++i) {
    EXPECT_EQ(cv::norm(grey_of(whole[i]), grey_of(alone[i]), cv::NORM_INF), 0) << i;
  }
}

TEST(SteadyStage, ShortFilmsComeOutWhole) {
  for (const int frames : {0, 1, 2, 9}) {
    Film film;
    film.append(Scenery(5), frames);
    EXPECT_EQ(steadied(film, 4).size(), static_cast<std::size_t>(frames));
  }
}

TEST(SteadyStage, InterlacedFramesStay) {
  Film film;
  film.append(Scenery(6), 20);
  for (Frame& frame : film.frames) frame.facts().interlaced = true;
  const std::vector<Frame> after = steadied(film, 8);
  for (std::size_t i = 0; i < after.size(); ++i)
    EXPECT_EQ(cv::norm(grey_of(after[i]), grey_of(film.frames[i]), cv::NORM_INF), 0);
}

TEST(SteadyStage, APanGoesOnEvenly) {
  Film film;
  film.append(Scenery(7), 120, {1.5, 0});
  const std::vector<Frame> after = steadied(film, 8);
  const auto unevenness = [](const std::vector<Frame>& frames) {
    double sum = 0;
    int count = 0;
    for (std::size_t i = 35; i < 85; ++i, ++count) {
      const double step = find_global_motion(grey_of(frames[i - 1]), grey_of(frames[i])).shift.x;
      EXPECT_NEAR(step, -1.5, 1.5);
      sum += (step + 1.5) * (step + 1.5);
    }
    return std::sqrt(sum / count);
  };
  EXPECT_LE(unevenness(after), 0.5 * unevenness(film.frames));
}

}  // namespace
}  // namespace reelface
