// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <opencv2/core.hpp>
#include <utility>
#include <vector>

#include "pipeline/stages/cuts_stage.h"
#include "reelface/pipeline/stage.h"
#include "unit/film/made_scene.h"

namespace reelface::testing {

inline constexpr int kFilmWidth = 192, kFilmHeight = 144;

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

/// The film in groups of this size, as a reader makes them.
inline std::vector<FrameGroupPtr> groups_of(const std::vector<Frame>& film, std::size_t frames_per_group) {
  std::vector<FrameGroupPtr> groups;
  for (std::size_t first = 0; first < film.size(); first += frames_per_group) {
    groups.push_back(std::make_shared<FrameGroup>());
    for (std::size_t i = first; i < std::min(first + frames_per_group, film.size()); ++i) {
      FrameJob job;
      job.index = static_cast<std::int64_t>(i);
      job.frame = film[i].share();
      groups.back()->jobs.push_back(std::move(job));
    }
  }
  return groups;
}

/// What comes out of a look-ahead step, which holds no more groups than it says.
inline std::vector<FrameGroupPtr> behind(const LookAhead& step, const std::vector<FrameGroupPtr>& groups) {
  std::vector<FrameGroupPtr> result;
  const auto append = [&result](const std::vector<FrameGroupPtr>& ready) {
    result.insert(result.end(), ready.begin(), ready.end());
  };
  for (std::size_t taken = 0; taken < groups.size();) {
    append(step.stage->take(groups[taken++]));
    // The last one may be shorter, and waits beside the others until the film has ended.
    if (taken < groups.size()) {
      EXPECT_LE(taken - result.size(), step.needs.groups_held);
    }
  }
  append(step.stage->flush());
  EXPECT_EQ(result.size(), groups.size());
  return result;
}

inline std::vector<Frame> frames_of(const std::vector<FrameGroupPtr>& groups) {
  std::vector<Frame> frames;
  for (const FrameGroupPtr& group : groups) {
    for (FrameJob& job : group->jobs) {
      EXPECT_EQ(job.index, static_cast<std::int64_t>(frames.size()));
      frames.push_back(std::move(*job.frame));
    }
  }
  return frames;
}

/// The film behind the step that finds cuts, a look-ahead step and the step that acts on what that finds, in groups of
/// this size.
inline std::vector<Frame> behind_steps(const LookAhead& finds, const Stage& acts, const std::vector<Frame>& film,
                                       std::size_t frames_per_group) {
  const std::vector<FrameGroupPtr> cut = behind(make_cuts_stage(frames_per_group), groups_of(film, frames_per_group));
  const std::vector<FrameGroupPtr> found = behind(finds, cut);
  for (const FrameGroupPtr& group : found) acts.run(*group);
  return frames_of(found);
}

}  // namespace reelface::testing
