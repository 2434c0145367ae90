// SPDX-License-Identifier: Apache-2.0
#include "film/tremble_path.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "degrade/picture_effects.h"

namespace reelface {
namespace {

using Path = std::function<double(int)>;

/// What is left of each frame's position when its tremble has been taken out.
std::vector<double> steadied(int frames, const Path& position, int cut = -1, int entered = 0) {
  TremblePath path({});
  std::vector<double> trembles;
  const auto take_all = [&] {
    while (const auto tremble = path.take()) trembles.push_back(tremble->empty() ? 0 : (*tremble)[0]);
  };
  for (int frame = entered; frame < frames; ++frame) {
    const bool starts = frame == entered || frame == cut;
    std::optional<TremblePath::Values> change;
    if (!starts) change = TremblePath::Values{position(frame) - position(frame - 1)};
    path.push(std::move(change));
    take_all();
  }
  path.finish();
  take_all();
  std::vector<double> result;
  for (std::size_t i = 0; i < trembles.size(); ++i)
    result.push_back(position(entered + static_cast<int>(i)) - trembles[i]);
  return result;
}

double rms_of_deviation(const std::vector<double>& values) {
  double mean = 0, sum = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<double>(values.size()));
}

double gate(int frame) {
  DegradeRecipe recipe;
  recipe.weave = 0.7;
  recipe.jitter = 0.25;
  return gate_position(recipe, frame).x;
}

TEST(TremblePath, TheSwayOfAGateIsTakenOut) {
  EXPECT_LE(rms_of_deviation(steadied(300, gate)), 0.12);
}

TEST(TremblePath, APanIsKept) {
  const Path pan = [](int frame) { return 3.0 * frame; };
  const std::vector<double> path = steadied(200, pan);
  for (int frame = 0; frame < 200; ++frame) EXPECT_NEAR(path[frame], pan(frame), 1e-6);
}

TEST(TremblePath, APanThatBeginsAndEndsIsKept) {
  // Half a second of speeding up, as an operator turns.
  const Path pan = [](int frame) {
    const double speed = 4, ramp = 12;
    const auto travelled = [&](double t) {
      return t <= 0 ? 0 : t < ramp ? speed * t * t / (2 * ramp) : speed * (t - ramp / 2);
    };
    return travelled(frame - 80) - travelled(frame - 160);
  };
  const std::vector<double> path = steadied(260, pan);
  double worst = 0;
  for (int frame = 0; frame < 260; ++frame) worst = std::max(worst, std::abs(path[frame] - pan(frame)));
  EXPECT_LE(worst, 0.1);
}

TEST(TremblePath, NothingReachesAcrossACut) {
  const Path jump = [](int frame) { return frame < 60 ? gate(frame) : 300 + gate(frame); };
  const std::vector<double> whole = steadied(120, jump, 60);
  const std::vector<double> before = steadied(60, jump), after = steadied(120, jump, -1, 60);
  for (int frame = 0; frame < 60; ++frame) {
    EXPECT_EQ(whole[frame], before[frame]);
    EXPECT_NEAR(whole[60 + frame], after[frame], 1e-9);
  }
}

TEST(TremblePath, ItDoesNotMatterWhereAFilmIsEntered) {
  const std::vector<double> whole = steadied(500, gate), later = steadied(500, gate, -1, 100);
  for (int frame = 300; frame < 500; ++frame) EXPECT_EQ(whole[frame], later[frame - 100]);
}

TEST(TremblePath, AnswersComeInOrderAndForEveryFrame) {
  for (const int frames : {1, 2, 5, 96, 97, 98, 300})
    EXPECT_EQ(steadied(frames, gate).size(), static_cast<std::size_t>(frames));
}

}  // namespace
}  // namespace reelface
