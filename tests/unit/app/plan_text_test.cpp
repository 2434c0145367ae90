// SPDX-License-Identifier: Apache-2.0
#include "app/plan_text.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reelface {
namespace {

RestorePlan plan_of(LineOutline steps) {
  RestorePlan plan;
  plan.output.output = "new.mkv";
  plan.read.width = 1024;
  plan.read.height = 1024;
  plan.read.layout = pixel_layout("gray");
  plan.steps = std::move(steps);
  plan.frames_alive = 48;
  plan.memory_bytes = 300 << 20;
  return plan;
}

StepNeeds everything() {
  StepNeeds needs;
  needs.reason = "does everything";
  needs.back = {1.5, 3};
  needs.ahead = {0, 2};
  needs.stops_at_cut = true;
  needs.memory.loaded = {{"network", 30 << 20}, {"table", 20 << 20}};
  needs.memory.bytes_per_frame = [](const FrameFacts& facts) { return std::int64_t{facts.width} * 1024; };
  return needs;
}

TEST(PlanText, AStepIsALine) {
  EXPECT_EQ(steps_text(plan_of({{"all", everything()}})),
            "step  looks back       looks ahead  at a cut  memory                  what for\n"
            "all   1.5 s, 3 frames  2 frames     stops     50 MiB + 1.0 MiB/frame  does everything\n");
}

TEST(PlanText, NothingIsADash) {
  StepNeeds alone;
  alone.reason = "waits";
  EXPECT_EQ(steps_text(plan_of({{"wait", alone}})),
            "step  looks back  looks ahead  at a cut  memory  what for\n"
            "wait  -           -            -         -       waits\n");
}

TEST(PlanText, WhatRemembersAlwaysGoesOnOverCuts) {
  StepNeeds needs;
  needs.back.seconds = INFINITY;
  EXPECT_NE(steps_text(plan_of({{"all", needs}})).find("everything  -            goes on"), std::string::npos);
  needs.stops_at_cut = true;
  EXPECT_NE(steps_text(plan_of({{"all", needs}})).find("the whole shot  -            stops"), std::string::npos);
}

TEST(PlanText, SizesAreThoseAtTheStep) {
  StepNeeds doubling;
  doubling.reason = "enlarges";
  doubling.facts_out = [](FrameFacts facts) {
    facts.width *= 2;
    facts.height *= 2;
    return facts;
  };
  const std::string text = steps_text(plan_of({{"double", doubling}, {"all", everything()}}));
  EXPECT_NE(text.find("4.0 MiB/frame"), std::string::npos) << text;
  EXPECT_NE(text.find("enlarges (then 2048x2048)"), std::string::npos) << text;
  EXPECT_NE(text.find("50 MiB + 2.0 MiB/frame"), std::string::npos) << text;
}

TEST(PlanText, SaysWhatItComesTo) {
  const std::string text = to_text(plan_of({}));
  EXPECT_NE(text.find("output: new.mkv"), std::string::npos) << text;
  EXPECT_NE(text.find("memory: about 300 MiB, with 48 frames between reading and writing\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("steps: none"), std::string::npos) << text;
}

}  // namespace
}  // namespace reelface
