// SPDX-License-Identifier: Apache-2.0
#include "reelface/pipeline/line_outline.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

FrameFacts facts_of(int width, int height) {
  FrameFacts facts;
  facts.width = width;
  facts.height = height;
  facts.layout = pixel_layout("gray");
  return facts;
}

StepNeeds looking_back(double seconds, std::int64_t frames) {
  StepNeeds needs;
  needs.back = {seconds, frames};
  needs.stops_at_cut = true;
  return needs;
}

StepNeeds doubling() {
  StepNeeds needs;
  needs.facts_out = [](const FrameFacts& facts) { return facts_of(2 * facts.width, 2 * facts.height); };
  return needs;
}

TEST(LineOutline, NamesStepsWithTheirNeeds) {
  Line line;
  line.add(Stage{"look", Concurrency::kParallel, {}, 0, looking_back(1, 2)});
  StepNeeds holding;
  holding.groups_held = 3;
  line.add(LookAhead{"wait", nullptr, holding});
  const LineOutline outline = outline_of(line);
  ASSERT_EQ(outline.size(), 2U);
  EXPECT_EQ(outline[0].name, "look");
  EXPECT_EQ(outline[0].needs.back.frames, 2);
  EXPECT_EQ(outline[1].name, "wait");
  EXPECT_EQ(groups_held(outline), 3U);
}

TEST(LineOutline, ReachesAddUp) {
  const LineOutline line{{"a", looking_back(1.5, 2)}, {"b", {}}, {"c", looking_back(0.25, 3)}};
  EXPECT_EQ(reach_back(line).seconds, 1.75);
  EXPECT_EQ(reach_back(line).frames, 5);
  EXPECT_EQ(reach_back(steps_behind(line, "a")).frames, 3);
  EXPECT_TRUE(reach_back(steps_behind(line, "c")).is_none());
  EXPECT_TRUE(steps_behind(line, "no such step").empty());
}

TEST(LineOutline, FramesAloneLookAroundNobody) {
  EXPECT_FALSE(looks_around({}));
  EXPECT_FALSE(looks_around({{"a", {}}}));
  EXPECT_TRUE(looks_around({{"a", looking_back(0, 1)}}));
  StepNeeds ahead;
  ahead.ahead.seconds = 0.1;
  EXPECT_TRUE(looks_around({{"a", ahead}}));
}

TEST(LineOutline, CutsCountOnlyWhereTheyAreFoundAndEverythingStopsThere) {
  StepNeeds finder;
  finder.frames_around_cut = 8;
  EXPECT_EQ(frames_around_cut({{"a", looking_back(1, 0)}}), 0);
  EXPECT_EQ(frames_around_cut({{"finder", finder}, {"a", looking_back(1, 0)}, {"alone", {}}}), 8);
  StepNeeds remembering = looking_back(1, 0);
  remembering.stops_at_cut = false;
  EXPECT_EQ(frames_around_cut({{"finder", finder}, {"a", looking_back(1, 0)}, {"b", remembering}}), 0);
}

TEST(LineOutline, FramesChangeTheirSizeOnTheWay) {
  const LineOutline line{{"a", doubling()}, {"b", {}}, {"c", doubling()}};
  EXPECT_EQ(facts_behind(line, facts_of(10, 20)).width, 40);
  EXPECT_EQ(facts_behind(line, facts_of(10, 20)).height, 80);
  EXPECT_EQ(facts_behind({}, facts_of(10, 20)).width, 10);
}

TEST(LineOutline, MemoryIsWhatStepsHoldForFramesOfTheirSize) {
  StepNeeds keeping;
  keeping.memory.bytes_per_frame = bytes_of_frame;
  const std::int64_t small = bytes_of_frame(facts_of(10, 20)), large = bytes_of_frame(facts_of(20, 40));
  EXPECT_EQ(bytes_of_steps({{"keep", keeping}}, facts_of(10, 20), 7, 1), 7 * small);
  EXPECT_EQ(bytes_of_steps({{"double", doubling()}}, facts_of(10, 20), 7, 1), 7 * large);
  EXPECT_EQ(bytes_of_steps({{"double", doubling()}, {"keep", keeping}}, facts_of(10, 20), 7, 1), 7 * (2 * large));
}

TEST(LineOutline, WhatStepsShareCountsOnce) {
  StepNeeds one, other;
  one.memory.loaded = {{"network", 1000}, {"table", 10}};
  other.memory.loaded = {{"network", 1000}};
  EXPECT_EQ(bytes_of_steps({{"one", one}, {"other", other}}, facts_of(10, 20), 7, 1), 1010);
}

TEST(LineOutline, WhatAStepNeedsWhileItWorksCountsForTheThreads) {
  StepNeeds working;
  working.memory.bytes_at_work = [](const FrameFacts& facts, int threads) {
    return std::int64_t{facts.width} * threads;
  };
  EXPECT_EQ(bytes_of_steps({{"work", working}}, facts_of(10, 20), 7, 1), 10);
  EXPECT_EQ(bytes_of_steps({{"work", working}}, facts_of(10, 20), 99, 4), 40);
}

TEST(LineOutline, ALineRestoresIfAStepDoes) {
  StepNeeds restoring;
  restoring.restores = true;
  EXPECT_FALSE(restores({{"a", {}}}));
  EXPECT_TRUE(restores({{"a", {}}, {"b", restoring}}));
}

}  // namespace
}  // namespace reelface
