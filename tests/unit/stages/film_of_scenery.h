#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <opencv2/core.hpp>
#include <utility>
#include <vector>

#include "reelface/pipeline/stage.h"
#include "unit/film/made_scene.h"

namespace reelface::testing {

inline constexpr int kFilmWidth = 192, kFilmHeight = 144;

/// What a camera at `corner` sees, as a grey frame.
inline Frame frame_of(const cv::Mat& picture) {
  FrameFacts facts;
  facts.width = picture.cols;
  facts.height = picture.rows;
  facts.layout = pixel_layout("gray");
  facts.colour.range = ColourRange::kFull;
  Frame frame = allocate_frame(facts);
  const Plane plane = frame.plane(0);
  cv::Mat samples(picture.size(), CV_8U, plane.data, static_cast<std::size_t>(plane.stride));
  picture.convertTo(samples, CV_8U);
  return frame;
}

inline cv::Mat seen(const Scenery& scenery, cv::Point2d corner) {
  return scenery.seen_from(corner, {kFilmWidth, kFilmHeight});
}

inline cv::Mat grey_of(const Frame& frame) {
  const Plane plane = frame.plane(0);
  cv::Mat result;
  cv::Mat(plane.height, plane.width, CV_8U, plane.data, static_cast<std::size_t>(plane.stride))
      .convertTo(result, CV_32F);
  return result;
}

/// The film behind a look-ahead step and the step that acts on what it finds, in groups of this size.
inline std::vector<Frame> behind_steps(const LookAhead& finds, const Stage& acts, const std::vector<Frame>& film,
                                       std::size_t frames_per_group) {
  std::vector<Frame> result;
  const auto finish = [&](const std::vector<FrameGroupPtr>& groups) {
    for (const FrameGroupPtr& group : groups) {
      acts.run(*group);
      for (FrameJob& job : group->jobs) {
        EXPECT_EQ(job.index, static_cast<std::int64_t>(result.size()));
        result.push_back(std::move(*job.frame));
      }
    }
  };
  std::size_t held = 0;
  for (std::size_t first = 0; first < film.size(); first += frames_per_group) {
    auto group = std::make_shared<FrameGroup>();
    for (std::size_t i = first; i < std::min(first + frames_per_group, film.size()); ++i) {
      FrameJob job;
      job.index = static_cast<std::int64_t>(i);
      job.frame = film[i].share();
      group->jobs.push_back(std::move(job));
    }
    ++held;
    const std::vector<FrameGroupPtr> ready = finds.stage->take(std::move(group));
    held -= ready.size();
    EXPECT_LE(held, finds.needs.groups_held);
    finish(ready);
  }
  finish(finds.stage->flush());
  EXPECT_EQ(result.size(), film.size());
  return result;
}

}  // namespace reelface::testing
