// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/cuts_stage.h"

#include <gtest/gtest.h>

#include <vector>

#include "film_of_scenery.h"

namespace reelface {
namespace {

using testing::behind;
using testing::frame_of;
using testing::groups_of;
using testing::Scenery;
using testing::seen;

std::vector<std::int64_t> cuts_of(const std::vector<Frame>& film, std::size_t frames_per_group) {
  std::vector<std::int64_t> cuts;
  for (const FrameGroupPtr& group : behind(make_cuts_stage(frames_per_group), groups_of(film, frames_per_group))) {
    for (const FrameJob& job : group->jobs) {
      if (starts_shot(job)) cuts.push_back(job.index);
    }
  }
  return cuts;
}

std::vector<Frame> film_of_shots(const std::vector<int>& lengths) {
  std::vector<Frame> film;
  int number = 0;
  for (const int length : lengths) {
    const Scenery scenery(++number);
    for (int i = 0; i < length; ++i) film.push_back(frame_of(seen(scenery, {50 + 0.5 * i, 50})));
  }
  return film;
}

TEST(CutsStage, EachShotBeginsWithItsFirstFrame) {
  EXPECT_EQ(cuts_of(film_of_shots({20, 13, 30}), 8), (std::vector<std::int64_t>{0, 20, 33}));
}

TEST(CutsStage, GroupsDoNotMatter) {
  const std::vector<Frame> film = film_of_shots({9, 17});
  EXPECT_EQ(cuts_of(film, 1), cuts_of(film, 8));
  EXPECT_EQ(cuts_of(film, 3), cuts_of(film, 30));
}

TEST(CutsStage, AFilmOfOneFrameIsAShot) {
  EXPECT_EQ(cuts_of(film_of_shots({1}), 8), std::vector<std::int64_t>{0});
}

TEST(CutsStage, FramesThatCannotBeReadPassWithoutACut) {
  std::vector<Frame> film = film_of_shots({3});
  for (Frame& frame : film) frame.facts().layout.editable = false;
  EXPECT_EQ(cuts_of(film, 2), std::vector<std::int64_t>{});
}

}  // namespace
}  // namespace reelface
