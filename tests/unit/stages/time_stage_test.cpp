// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/time_stage.h"

#include <gtest/gtest.h>

#include <set>

#include "support/frames.h"

namespace reelface {
namespace {

using testing::all_codes;
using testing::frame_facts;
using testing::noise_frame;

/// The frame of that number and time after the stage has had it.
Frame shown(FrameFacts facts, std::int64_t number, std::int64_t milliseconds, std::int64_t range_start = 0,
            std::int64_t first_number = 0) {
  VideoInfo video;
  video.range_start = range_start;
  facts.pts = milliseconds;
  facts.time_base = {1, 1000};
  FrameGroup group;
  group.jobs.emplace_back();
  group.jobs.back().index = number;
  group.jobs.back().frame = noise_frame(facts, 1);
  make_time_stage(video, first_number).run(group);
  return std::move(*group.jobs.back().frame);
}

TEST(TimeStage, EveryFrameAndMillisecondLooksDifferent) {
  const FrameFacts facts = frame_facts("gray", 320, 180);
  std::set<std::vector<int>> pictures;
  for (int number = 0; number < 12; ++number) pictures.insert(all_codes(shown(facts, number, 40)));
  for (int number = 1; number < 12; ++number) pictures.insert(all_codes(shown(facts, 0, 40 + number)));
  EXPECT_EQ(pictures.size(), 23U);
}

TEST(TimeStage, TellsTheTimeInTheFilmNotInTheRange) {
  const FrameFacts facts = frame_facts("gray", 320, 180);
  EXPECT_EQ(all_codes(shown(facts, 3, 40, 5000)), all_codes(shown(facts, 3, 5040)));
  EXPECT_EQ(all_codes(shown(facts, 3, 40, 0, 100)), all_codes(shown(facts, 103, 40)));
}

TEST(TimeStage, ChangesNothingButItsCorner) {
  for (const std::string& layout : testing::many_layouts()) {
    FrameFacts facts = frame_facts(layout, 320, 180);
    facts.time_base = {1, 1000};
    const Frame before = noise_frame(facts, 1);
    const Frame after = shown(facts, 7, 0);
    int changed = 0, below = 0;
    for (int y = 0; y < component_height(facts, 0); ++y) {
      for (int x = 0; x < component_width(facts, 0); ++x) {
        const bool differs = testing::code_at(after, 0, x, y) != testing::code_at(before, 0, x, y);
        changed += differs;
        below += differs && y >= 40;
      }
    }
    EXPECT_GT(changed, 300) << layout;
    EXPECT_EQ(below, 0) << layout;
  }
}

TEST(TimeStage, StandsUprightWhereThePictureIsTurned) {
  FrameFacts facts = frame_facts("gray", 180, 320);
  facts.orientation.quarter_turns_clockwise = 1;
  const Frame before = noise_frame(facts, 1);
  const Frame after = shown(facts, 7, 0);
  // Shown, the picture is 320 wide; its left top corner is stored at the bottom left.
  int at_the_bottom = 0, at_the_top = 0;
  for (int x = 0; x < 40; ++x) {
    for (int y = 0; y < 60; ++y) at_the_top += testing::code_at(after, 0, x, y) != testing::code_at(before, 0, x, y);
    for (int y = 200; y < 320; ++y)
      at_the_bottom += testing::code_at(after, 0, x, y) != testing::code_at(before, 0, x, y);
  }
  EXPECT_GT(at_the_bottom, 300);
  EXPECT_EQ(at_the_top, 0);
}

TEST(TimeStage, PassesOnWhatHasNoFrame) {
  FrameGroup group;
  group.jobs.emplace_back();
  make_time_stage({}, 0).run(group);
  EXPECT_FALSE(group.jobs.back().frame);
}

}  // namespace
}  // namespace reelface
