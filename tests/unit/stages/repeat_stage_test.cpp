// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/repeat_stage.h"

#include <gtest/gtest.h>

#include <atomic>

#include "pipeline/graph/folding_source.h"
#include "pipeline/graph/frame_graph.h"
#include "pipeline/graph/frame_windows.h"
#include "pipeline/graph/serial_runner.h"
#include "reelface/core/error.h"
#include "support/shown_frames.h"

namespace reelface {
namespace {

using testing::kPacket;
using testing::ShownSink;
using testing::ShownSource;

/// Adds ten to what it sees, and counts that.
Stage adding(std::atomic<int>& seen) {
  return {"add", Concurrency::kParallel, [&seen](FrameGroup& group) {
            for (FrameJob& job : group.jobs) {
              if (!job.frame) continue;
              ++seen;
              job.frame->make_writable();
              testing::set_code(*job.frame, 0, 0, 0, testing::code_at(*job.frame, 0, 0, 0) + 10);
            }
          }};
}

/// Looks ahead farther than a group holds, as steps do that see frames in time.
class Looking : public FrameWindows<int> {
 public:
  Looking() : FrameWindows({5, 5}) {}
  std::optional<int> keep(FrameJob&, const FrameWindow<int>&) override { return 0; }
  void complete(FrameJob&, const FrameWindow<int>&) override {}
};

class RepeatStage : public ::testing::TestWithParam<const char*> {
 protected:
  /// In groups of two, with a step that looks ahead.
  ShownSink shown(const std::vector<int>& levels) {
    ShownSource read(levels, 3);
    FoldingSource source(read, 2);
    Line line;
    line.add(adding(seen_));
    StepNeeds needs;
    needs.groups_held = groups_held_by_window(5, 2);
    line.add(LookAhead{"look", std::make_shared<Looking>(), needs});
    line.add(make_repeat_stage());
    ShownSink sink;
    if (std::string(GetParam()) == "serial")
      run_frames_serially(source, line, sink);
    else
      run_frame_graph(source, line, sink, {4, 2});
    return sink;
  }

  std::atomic<int> seen_{0};
};

INSTANTIATE_TEST_SUITE_P(Runners, RepeatStage, ::testing::Values("serial", "graph"));

TEST_P(RepeatStage, ShowsWhatBecameOfTheFrameThatIsRepeated) {
  const ShownSink sink = shown({1, 1, 2, 3, 3, 3, 1, kPacket});
  EXPECT_EQ(sink.levels, (std::vector<int>{11, 11, 12, 13, 13, 13, 11, kPacket}));
  EXPECT_EQ(seen_, 4);
  EXPECT_EQ(sink.packets, 8U);
  for (std::size_t place = 0; place < sink.times.size(); ++place) {
    EXPECT_EQ(sink.indices[place], static_cast<std::int64_t>(place));
    EXPECT_EQ(sink.times[place], ShownSource::time_of(static_cast<std::int64_t>(place)));
  }
}

TEST_P(RepeatStage, AStillOfAnyLengthIsSeenOnceAndGoesOn) {
  std::vector<int> levels{1, 2, 3};
  levels.insert(levels.end(), 3 * kMostRepeats + 7, 3);
  levels.insert(levels.end(), {4, 5, 5, 6});
  const ShownSink sink = shown(levels);
  ASSERT_EQ(sink.levels.size(), levels.size());
  for (std::size_t place = 0; place < levels.size(); ++place)
    ASSERT_EQ(sink.levels[place], levels[place] + 10) << place;
  EXPECT_EQ(seen_, 6);
  EXPECT_EQ(sink.packets, levels.size());
}

TEST(RepeatStageAlone, WhatRepeatsNothingIsAFault) {
  FrameGroup group;
  group.jobs.emplace_back();
  group.jobs.back().repeats.emplace_back();
  group.jobs.back().repeats.back().frame = testing::frame_of_level(1);
  EXPECT_THROW(make_repeat_stage().run(group), Error);
}

TEST(RepeatStageAlone, TellsThatFramesAreFolded) {
  Line line;
  EXPECT_FALSE(folds_repeats(outline_of(line)));
  line.add(make_repeat_stage());
  EXPECT_TRUE(folds_repeats(outline_of(line)));
}

}  // namespace
}  // namespace reelface
