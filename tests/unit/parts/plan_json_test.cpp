// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/plan_json.h"

#include <gtest/gtest.h>

#include <functional>

#include "reelface/core/error.h"

namespace reelface {
namespace {

FilmPlan good_plan() {
  FilmPlan plan;
  plan.input = {"/films/a \"film\".mkv", {1234, 5678}, "head", "tail"};
  plan.output = "/films/out.mkv";
  plan.options = {{"crf", {"18"}}, {"e", {"a=b", "c=d"}}};
  plan.segments = {{0, 40, 3, {{"strength", {"50"}}}}, {70, 100, 12, {{"clean", {"off"}}}}};
  plan.models = {{"faithful", "abc"}};
  plan.encoder = "libx264";
  plan.extent = {0.1, std::nullopt, -40000};
  plan.canvas = {1280, 720, {4, 3}, {3, true}};
  plan.stretches = {{0, 2.5, 640, 360, {1, 1}, {0, 0, 1280, 720}, 0},
                    {2.5, 1, 360, 640, {0, 1}, {436, 0, 406, 720}, 2}};
  plan.time_base = {1001, 30000};
  plan.frames = 100;
  plan.seconds = 10.0 / 3;
  plan.index_sha256 = "def";
  plan.copied_digests = {{1, "0011"}, {12, "0022"}};
  plan.warnings = {"something"};
  plan.parts = {{0, 40, 0, 0, 0, 56, false}, {40, 70, 8, 20, 30, 90, true}, {70, 100, 40, 40, 40, 100, false}};
  return plan;
}

TEST(PlanJson, ComesBackAsItWas) {
  FilmPlan plan = good_plan();
  const std::string text = to_text(plan);
  FilmPlan read = plan_from_text(text, "plan.json");
  EXPECT_EQ(read.id, plan.id);
  EXPECT_EQ(to_text(read), text);
  EXPECT_EQ(read.input.stamp, plan.input.stamp);
  EXPECT_EQ(read.copied_digests, plan.copied_digests);
  EXPECT_EQ(read.extent.to_seconds, std::nullopt);
  EXPECT_EQ(read.seconds, plan.seconds);
  EXPECT_EQ(read.canvas.width, 1280);
  EXPECT_EQ(read.canvas.orientation, (DisplayOrientation{3, true}));
  EXPECT_EQ(read.canvas.sample_aspect_ratio, (Rational{4, 3}));
  ASSERT_EQ(read.stretches.size(), 2u);
  EXPECT_TRUE(read.stretches[1].is_stored_like(plan.stretches[1]));
  EXPECT_EQ(read.stretches[1].from_seconds, 2.5);
  EXPECT_EQ(read.segments, plan.segments);
  ASSERT_EQ(read.parts.size(), 3u);
  EXPECT_EQ(read.parts[1].measure_from, 20);
  EXPECT_EQ(read.parts[1].restore_from, 30);
  EXPECT_TRUE(read.parts[1].starts_at_cut);
}

void expect_refused(const std::string& text) {
  try {
    plan_from_text(text, "plan.json");
    ADD_FAILURE() << "taken: " << text;
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    EXPECT_FALSE(error.advice().empty());
  }
}

TEST(PlanJson, ChangesAreFound) {
  FilmPlan plan = good_plan();
  std::string text = to_text(plan);
  text.replace(text.find("out.mkv"), 3, "OUT");
  expect_refused(text);
}

TEST(PlanJson, WhatIsNoneIsRefused) {
  for (const char* text : {"", "[]", "{}", "{\"format\": 1}", "{\"format\": 1, \"program\": 7}", "nonsense",
                           "{\"format\": 1, \"program\": [\"\"]}"})
    expect_refused(text);
  expect_refused(std::string("{\"format\": 1, \"program\": \"\xff\"}"));
}

/// Found by the fuzzer: the JSON library makes integers of fractions, truth values and numbers of any size.
TEST(PlanJson, IntegersAreIntegers) {
  FilmPlan plan = good_plan();
  const std::string text = to_text(plan);
  for (const char* wrong : {"1e300", "100.5", "true", "null", "18446744073709551615", "\"100\""}) {
    std::string changed = text;
    const std::string name = "\"frames\": ";
    const std::size_t place = changed.find(name) + name.size();
    changed.replace(place, 3, wrong);
    ASSERT_EQ(text.substr(place, 3), "100");
    try {
      plan_from_text(changed, "plan.json");
      ADD_FAILURE() << wrong;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("is damaged"), std::string::npos) << wrong << ": " << error.what();
    }
  }
}

/// With an id that is right: whoever changed the plan may know how it is made.
TEST(PlanJson, PartsThatAreNotInTheFilmAreRefused) {
  const std::function<void(FilmPlan&)> changes[] = {
      [](FilmPlan& plan) { plan.parts.clear(); },
      [](FilmPlan& plan) { plan.parts.pop_back(); },
      [](FilmPlan& plan) { plan.frames = 99; },
      [](FilmPlan& plan) { plan.frames = 1000; },
      [](FilmPlan& plan) { plan.parts[1].read_to = 101; },
      [](FilmPlan& plan) { plan.parts[0].read_from = -8; },
      [](FilmPlan& plan) { plan.parts[1].read_from = 31; },
      [](FilmPlan& plan) { plan.parts[1].restore_from = 41; },
      [](FilmPlan& plan) { plan.parts[1].measure_from = plan.parts[1].restore_from + 1; },
      [](FilmPlan& plan) { plan.parts[1].first_frame = 39; },
      [](FilmPlan& plan) { plan.parts[0].end_frame = 0; },
      [](FilmPlan& plan) { plan.parts[0].read_to = 39; },
      [](FilmPlan& plan) {
        plan.time_base = {1, 0};
      },
      [](FilmPlan& plan) {
        plan.time_base = {-1, 25};
      },
      [](FilmPlan& plan) { plan.copied_digests[-1] = "no stream"; },
      [](FilmPlan& plan) { plan.segments[0].end_frame = 30; },
      [](FilmPlan& plan) { plan.segments[0].end_frame = 80; },
      [](FilmPlan& plan) { plan.segments[1].end_frame = 101; },
      [](FilmPlan& plan) { plan.segments[0].fade_frames = 1000; },
      [](FilmPlan& plan) {
        plan.segments[0].settings = {{"crf", {"1"}}};
      },
      [](FilmPlan& plan) {
        plan.segments[0].settings = {{"strength", {"1000"}}};
      },
  };
  for (const auto& change : changes) {
    FilmPlan plan = good_plan();
    change(plan);
    expect_refused(to_text(plan));
  }
}

}  // namespace
}  // namespace reelface
