#include "pipeline/stages/steady_stage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "degrade/picture_effects.h"
#include "film/global_motion.h"
#include "unit/film/made_scene.h"

namespace reelface {
namespace {

using testing::Scenery;

const cv::Size kSize(192, 144);
const cv::Point2d kCorner(50, 50);

cv::Point2d gate(int number) {
  DegradeRecipe recipe;
  recipe.weave = 0.7;
  recipe.jitter = 0.25;
  return gate_position(recipe, number);
}

/// What a camera at `corner` sees, in the place that the gate has for it.
Frame film_frame(const Scenery& scenery, cv::Point2d corner, cv::Point2d place) {
  FrameFacts facts;
  facts.width = kSize.width;
  facts.height = kSize.height;
  facts.layout = pixel_layout("gray");
  Frame frame = allocate_frame(facts);
  const Plane plane = frame.plane(0);
  cv::Mat samples(kSize, CV_8U, plane.data, static_cast<std::size_t>(plane.stride));
  scenery.seen_from(corner - place, kSize).convertTo(samples, CV_8U);
  return frame;
}

struct Film {
  std::vector<Frame> frames;

  void append(const Scenery& scenery, int count, cv::Point2d step = {}) {
    for (int i = 0; i < count; ++i) {
      const auto number = static_cast<int>(frames.size());
      frames.push_back(film_frame(scenery, kCorner + step * i, gate(number)));
    }
  }
};

/// The film behind both steps, in groups of this size.
std::vector<Frame> steadied(const Film& film, std::size_t frames_per_group) {
  const LookAhead steady = make_steady_stage(frames_per_group);
  const Stage shift = make_shift_stage();
  std::vector<Frame> result;
  const auto finish = [&](const std::vector<FrameGroupPtr>& groups) {
    for (const FrameGroupPtr& group : groups) {
      shift.run(*group);
      for (FrameJob& job : group->jobs) {
        EXPECT_EQ(job.index, static_cast<std::int64_t>(result.size()));
        result.push_back(std::move(*job.frame));
      }
    }
  };
  std::size_t held = 0;
  for (std::size_t first = 0; first < film.frames.size(); first += frames_per_group) {
    auto group = std::make_shared<FrameGroup>();
    for (std::size_t i = first; i < std::min(first + frames_per_group, film.frames.size()); ++i) {
      FrameJob job;
      job.index = static_cast<std::int64_t>(i);
      job.frame = film.frames[i].share();
      group->jobs.push_back(std::move(job));
    }
    ++held;
    const std::vector<FrameGroupPtr> ready = steady.stage->take(std::move(group));
    held -= ready.size();
    EXPECT_LE(held, steady.needs.groups_held);
    finish(ready);
  }
  finish(steady.stage->flush());
  EXPECT_EQ(result.size(), film.frames.size());
  return result;
}

cv::Mat grey(const Frame& frame) {
  const Plane plane = frame.plane(0);
  cv::Mat result;
  cv::Mat(kSize, CV_8U, plane.data, static_cast<std::size_t>(plane.stride)).convertTo(result, CV_32F);
  return result;
}

/// Where each frame is against the first.
std::vector<cv::Point2d> path_of(const std::vector<Frame>& frames, std::size_t first, std::size_t end) {
  std::vector<cv::Point2d> path = {{}};
  for (std::size_t i = first + 1; i < end; ++i) {
    path.push_back(find_global_motion(grey(frames[first]), grey(frames[i])).shift);
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
    EXPECT_EQ(cv::norm(grey(by_eight[i]), grey(by_three[i]), cv::NORM_INF), 0) << i;
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
    EXPECT_EQ(cv::norm(grey(whole[i]), grey(alone[i]), cv::NORM_INF), 0) << i;
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
    EXPECT_EQ(cv::norm(grey(after[i]), grey(film.frames[i]), cv::NORM_INF), 0);
}

TEST(SteadyStage, APanGoesOnEvenly) {
  Film film;
  film.append(Scenery(7), 120, {1.5, 0});
  const std::vector<Frame> after = steadied(film, 8);
  const auto unevenness = [](const std::vector<Frame>& frames) {
    double sum = 0;
    int count = 0;
    for (std::size_t i = 35; i < 85; ++i, ++count) {
      const double step = find_global_motion(grey(frames[i - 1]), grey(frames[i])).shift.x;
      EXPECT_NEAR(step, -1.5, 1.5);
      sum += (step + 1.5) * (step + 1.5);
    }
    return std::sqrt(sum / count);
  };
  EXPECT_LE(unevenness(after), 0.5 * unevenness(film.frames));
}

}  // namespace
}  // namespace reelface
