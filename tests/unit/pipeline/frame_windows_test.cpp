// SPDX-License-Identifier: Apache-2.0
#include "pipeline/graph/frame_windows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace reelface {
namespace {

/// A grey picture of four pixels; its brightness is its number.
Frame generated_frame(int number) {
  FrameFacts facts;
  facts.width = facts.height = 2;
  facts.layout = pixel_layout("gray");
  facts.pts = number;
  Frame frame = allocate_frame(facts);
  frame.plane(0).data[0] = static_cast<std::uint8_t>(number);
  return frame;
}

int number_of(const SharedFrame& frame) {
  return frame->plane(0).data[0];
}

/// Writes down the window of each frame, as it comes and as it is complete.
class Watching : public FrameWindows<SharedFrame> {
 public:
  Watching(WindowSides sides, std::set<int> cuts = {}, std::set<int> left_out = {})
      : FrameWindows(sides), cuts_(std::move(cuts)), left_out_(std::move(left_out)) {}

  std::vector<std::string> before, windows;
  std::size_t most_frames_kept = 0;

 private:
  std::optional<SharedFrame> keep(FrameJob& job, const FrameWindow<SharedFrame>& earlier) override {
    if (left_out_.count(static_cast<int>(job.index)) > 0) return std::nullopt;
    before.push_back(shown(earlier));
    auto frame = std::make_shared<const Frame>(job.frame->share());
    kept_.push_back(frame);
    const auto alive = std::count_if(kept_.begin(), kept_.end(), [](const auto& one) { return !one.expired(); });
    most_frames_kept = std::max(most_frames_kept, static_cast<std::size_t>(alive));
    return frame;
  }

  void complete(FrameJob& job, const FrameWindow<SharedFrame>& window) override {
    EXPECT_EQ(number_of(*window.at(0)), job.index);
    EXPECT_EQ((*window.at(0))->plane(0).data, job.frame->plane(0).data) << "the samples were copied";
    windows.push_back(shown(window));
  }

  bool starts_shot(const FrameJob& job) const override { return cuts_.count(static_cast<int>(job.index)) > 0; }

  static std::string shown(const FrameWindow<SharedFrame>& window) {
    std::string text;
    for (std::ptrdiff_t offset = -9; offset <= 9; ++offset) {
      const SharedFrame* const frame = window.at(offset);
      if (frame) text += (text.empty() ? "" : " ") + std::to_string(number_of(*frame));
    }
    return text;
  }

  std::set<int> cuts_, left_out_;
  std::vector<std::weak_ptr<const Frame>> kept_;
};

FrameGroupPtr group_of(int first, int end) {
  auto group = std::make_shared<FrameGroup>();
  for (int number = first; number < end; ++number) {
    FrameJob job;
    job.index = number;
    job.frame = generated_frame(number);
    group->jobs.push_back(std::move(job));
  }
  return group;
}

FrameGroupPtr group_of_packets() {
  auto group = std::make_shared<FrameGroup>();
  group->jobs.emplace_back();
  return group;
}

using Windows = std::vector<std::string>;

class FrameWindowsTest : public ::testing::TestWithParam<int> {
 protected:
  /// Hands `frames` frames to the step in groups of the tested size; checks that they come back in order.
  void run(Watching& step, int frames) {
    const int size = GetParam();
    for (int first = 0; first < frames; first += size) {
      ++held_;
      expect(step.take(group_of(first, std::min(first + size, frames))));
      const std::size_t short_last_group = first + size > frames ? 1 : 0;
      EXPECT_LE(held_, groups_held_by_window(4, static_cast<std::size_t>(size)) + short_last_group);
    }
    expect(step.flush());
    EXPECT_EQ(held_, 0U);
    EXPECT_EQ(next_, frames);
  }

 private:
  void expect(const std::vector<FrameGroupPtr>& ready) {
    for (const FrameGroupPtr& group : ready) {
      --held_;
      for (const FrameJob& job : group->jobs) EXPECT_EQ(job.index, next_++);
    }
  }

  std::size_t held_ = 0;
  int next_ = 0;
};

INSTANTIATE_TEST_SUITE_P(GroupSizes, FrameWindowsTest, ::testing::Values(1, 2, 3, 8));

TEST_P(FrameWindowsTest, ShowNeighboursToEitherSide) {
  Watching step({1, 2});
  run(step, 6);
  EXPECT_EQ(step.windows, (Windows{"0 1 2", "0 1 2 3", "1 2 3 4", "2 3 4 5", "3 4 5", "4 5"}));
  EXPECT_EQ(step.before, (Windows{"", "0", "1", "2", "3", "4"}));
}

TEST_P(FrameWindowsTest, EndAtCuts) {
  Watching step({2, 2}, {2, 3});
  run(step, 6);
  EXPECT_EQ(step.windows, (Windows{"0 1", "0 1", "2", "3 4 5", "3 4 5", "3 4 5"}));
  EXPECT_EQ(step.before, (Windows{"", "0", "", "", "3", "3 4"}));
}

TEST_P(FrameWindowsTest, ShortFilmsHaveShortWindows) {
  Watching one({2, 2}), none({2, 2});
  run(one, 1);
  EXPECT_EQ(one.windows, Windows{"0"});
  EXPECT_EQ(none.flush().size(), 0U);
}

TEST_P(FrameWindowsTest, TwoFramesSeeEachOther) {
  Watching step({4, 4});
  run(step, 2);
  EXPECT_EQ(step.windows, (Windows{"0 1", "0 1"}));
}

TEST_P(FrameWindowsTest, FramesThatTakeNoPartLeaveAGap) {
  Watching step({1, 2}, {}, {1, 2});
  run(step, 6);
  EXPECT_EQ(step.windows, (Windows{"0", "3 4 5", "3 4 5", "4 5"}));
}

TEST_P(FrameWindowsTest, AFilmInWhichNoFrameTakesPartIsNotHeldBack) {
  Watching step({1, 4}, {}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  run(step, 10);
  EXPECT_TRUE(step.windows.empty());
}

TEST_P(FrameWindowsTest, OneSideMayBeEmpty) {
  Watching behind({0, 2});
  run(behind, 4);
  EXPECT_EQ(behind.windows, (Windows{"0 1 2", "1 2 3", "2 3", "3"}));
}

TEST_P(FrameWindowsTest, LookingBackAloneHoldsNothing) {
  Watching step({2, 0});
  EXPECT_EQ(step.take(group_of(0, GetParam())).size(), 1U);
  EXPECT_EQ(step.take(group_of(GetParam(), 2 * GetParam())).size(), 1U);
}

TEST_P(FrameWindowsTest, MemoryDoesNotGrowWithTheFilm) {
  Watching step({3, 4});
  run(step, 200);
  EXPECT_LE(step.most_frames_kept, 3 + (groups_held_by_window(4, static_cast<std::size_t>(GetParam())) + 1) *
                                           static_cast<std::size_t>(GetParam()));
}

TEST(FrameWindows, AGroupWithoutFramesLetsEverythingGo) {
  Watching step({2, 2});
  EXPECT_EQ(step.take(group_of(0, 2)).size(), 0U);
  EXPECT_EQ(step.take(group_of_packets()).size(), 2U);
  EXPECT_EQ(step.windows, (Windows{"0 1", "0 1"}));
  EXPECT_EQ(step.take(group_of(2, 4)).size(), 0U);
  EXPECT_EQ(step.flush().size(), 1U);
  EXPECT_EQ(step.windows, (Windows{"0 1", "0 1", "2 3", "2 3"})) << "what was let go is not looked back on";
}

}  // namespace
}  // namespace reelface
