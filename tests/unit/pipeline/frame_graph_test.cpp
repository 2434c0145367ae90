// SPDX-License-Identifier: Apache-2.0
#include "pipeline/graph/frame_graph.h"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <thread>

#include "pipeline/graph/serial_runner.h"
#include "reelface/core/error.h"
#include "support/thread_shortage.h"
#include "unit/pipeline/fake_stages.h"

namespace reelface {
namespace {

using testing::delaying_stage;
using testing::FakeSink;
using testing::FakeSource;
using testing::HoldingStage;

std::vector<std::int64_t> counted(int count) {
  std::vector<std::int64_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

LookAhead holding(const std::string& name, std::size_t groups) {
  StepNeeds needs;
  needs.groups_held = groups;
  return {name, std::make_shared<HoldingStage>(groups), needs};
}

Line busy_line(unsigned seed, std::size_t held_by_track, std::size_t held_by_gather) {
  Line line;
  line.add(delaying_stage("detect", Concurrency::kParallel, seed));
  line.add(holding("track", held_by_track));
  line.add(holding("identify", held_by_gather));
  line.add(delaying_stage("align", Concurrency::kParallel, seed + 1));
  line.add(holding("gather", held_by_gather));
  line.add(delaying_stage("restore", Concurrency::kSerial, seed + 2));
  line.add(delaying_stage("blend", Concurrency::kSerial, seed + 3));
  line.add(delaying_stage("paste", Concurrency::kParallel, seed + 4));
  return line;
}

Line line_of(Step step) {
  Line line;
  line.add(std::move(step));
  return line;
}

class FrameGraphWithLimit : public ::testing::TestWithParam<std::size_t> {};

TEST_P(FrameGraphWithLimit, WritesEveryFrameOnceAndInOrder) {
  FakeSource source(2000, 8);
  FakeSink sink;
  const RunStatistics statistics = run_frame_graph(source, busy_line(1, 3, 1), sink, {GetParam(), 4});
  EXPECT_EQ(sink.indices, counted(2000));
  EXPECT_EQ(statistics.frames, 2000);
  EXPECT_EQ(source.frames_alive(), 0);
}

TEST_P(FrameGraphWithLimit, KeepsNoMoreFramesAliveThanTheLimitWhatStepsHoldAndOneGroup) {
  const std::size_t held = 3;
  FakeSource source(800, 8);
  FakeSink sink;
  run_frame_graph(source, busy_line(2, held, 0), sink, {GetParam(), 4});
  EXPECT_LE(source.most_frames_alive(), static_cast<int>((GetParam() + held + 1) * 8));
}

INSTANTIATE_TEST_SUITE_P(Limits, FrameGraphWithLimit, ::testing::Values(1, 2, 8, 32));

TEST(FrameGraph, WorksWithAsManyThreadsAsTheSystemGives) {
  for (const int available : {0, 1}) {
    const testing::ThreadShortage shortage(available);
    FakeSource source(400, 8);
    FakeSink sink;
    run_frame_graph(source, busy_line(3, 2, 1), sink, {8, 4});
    EXPECT_EQ(sink.indices, counted(400));
  }
}

TEST(FrameGraph, AParallelStageTakesNoMoreGroupsThanItWants) {
  std::atomic<int> inside{0}, most{0};
  Stage stage{"restore", Concurrency::kParallel, {}, 1};
  stage.run = [&](FrameGroup&) {
    const int now = ++inside;
    int before = most;
    while (before < now && !most.compare_exchange_weak(before, now)) {
    }
    for (int turn = 0; turn < 50; ++turn) std::this_thread::yield();  // time for another thread to come in
    --inside;
  };
  FakeSource source(400, 1);
  FakeSink sink;
  run_frame_graph(source, line_of(stage), sink, {16, 8});
  EXPECT_EQ(most, 1);
  EXPECT_EQ(sink.indices.size(), 400U);
}

TEST(FrameGraph, GivesTheSerialRunnersBytesUnderRandomDelays) {
  for (unsigned seed = 0; seed < 8; ++seed) {
    FakeSource graph_source(203, 5), serial_source(203, 5);
    FakeSink from_graph, from_loop;
    run_frame_graph(graph_source, busy_line(seed, seed % 4, seed % 3), from_graph, {1 + seed % 5, 4});
    run_frames_serially(serial_source, busy_line(seed, seed % 4, seed % 3), from_loop);
    EXPECT_EQ(from_graph.indices, from_loop.indices);
    EXPECT_EQ(from_graph.samples, from_loop.samples);
  }
}

TEST(FrameGraph, SerialStagesSeeFramesInOrder) {
  Line line = busy_line(3, 2, 2);
  std::vector<std::int64_t> seen;
  line.around("blend", [&](FrameGroup& group, const Line::Work&) {
    for (const FrameJob& job : group.jobs) seen.push_back(job.index);
  });
  FakeSource source(500, 3);
  FakeSink sink;
  run_frame_graph(source, line, sink, {6, 4});
  EXPECT_EQ(seen, counted(500));
}

TEST(FrameGraph, EmptyInputIsNoFrames) {
  FakeSource source(0, 8);
  FakeSink sink;
  EXPECT_EQ(run_frame_graph(source, busy_line(4, 2, 1), sink, {4, 2}).frames, 0);
  EXPECT_TRUE(sink.indices.empty());
}

TEST(FrameGraph, OneFrameGetsThroughEveryLookAhead) {
  FakeSource source(1, 8);
  FakeSink sink;
  EXPECT_EQ(run_frame_graph(source, busy_line(5, 6, 6), sink, {1, 2}).frames, 1);
}

TEST(FrameGraph, ExceptionNamesStageAndFrameAndFreesAllFrames) {
  FakeSource source(400, 4);
  FakeSink sink;
  Line line = busy_line(6, 2, 1);
  line.around("restore", [](FrameGroup& group, const Line::Work&) {
    if (group.first_index() == 100) throw Error(ExitCode::kModelRejected, "bad pixels");
  });
  try {
    run_frame_graph(source, line, sink, {4, 4});
    FAIL() << "no exception";
  } catch (const std::exception& exception) {
    EXPECT_EQ(describe(exception), "restore, frame 100: bad pixels");
    EXPECT_EQ(exit_code_of(exception), ExitCode::kModelRejected);
  }
  line = {};  // lets go of what the look-ahead stages hold
  EXPECT_EQ(source.frames_alive(), 0);
  EXPECT_EQ(sink.indices, counted(static_cast<int>(sink.indices.size())));
}

TEST(FrameGraph, ExceptionOfTheSinkComesOut) {
  class FullDisk : public FrameSink {
    void write(FrameGroup& group) override {
      if (group.first_index() >= 40) throw Error(ExitCode::kOutputUnwritable, "disk full");
    }
  } sink;
  FakeSource source(400, 4);
  try {
    run_frame_graph(source, busy_line(7, 0, 0), sink, {4, 4});
    FAIL() << "no exception";
  } catch (const std::exception& exception) {
    EXPECT_EQ(describe(exception), "write, frame 40: disk full");
  }
}

/// Swallows one group.
class LosingStage : public testing::HoldingStage {
 public:
  LosingStage() : testing::HoldingStage(0) {}
  std::vector<FrameGroupPtr> take(FrameGroupPtr group) override {
    if (group->sequence == 7) return {};
    return testing::HoldingStage::take(std::move(group));
  }
};

TEST(FrameGraph, NoticesALostMessage) {
  FakeSource source(400, 4);
  FakeSink sink;
  try {
    run_frame_graph(source, line_of(LookAhead{"track", std::make_shared<LosingStage>()}), sink, {4, 2});
    FAIL() << "a lost group went unnoticed";
  } catch (const std::exception& exception) {
    EXPECT_EQ(exit_code_of(exception), ExitCode::kInternal);
    EXPECT_NE(describe(exception).find("lost frames"), std::string::npos);
  }
}

TEST(FrameGraph, AbortStopsAtOnceAndFreesAllFrames) {
  FakeSource source(100000, 4);
  FakeSink sink;
  CancelToken cancel;
  Line line = busy_line(8, 2, 1);
  line.around("paste", [&](FrameGroup& group, const Line::Work&) {
    if (group.first_index() >= 100) cancel.request(CancelLevel::kAbort);
  });
  try {
    run_frame_graph(source, line, sink, {4, 4}, &cancel);
    FAIL() << "no exception";
  } catch (const std::exception& exception) {
    EXPECT_EQ(exit_code_of(exception), ExitCode::kInterrupted);
  }
  EXPECT_LT(sink.indices.size(), 1000u);
  line = {};
  EXPECT_EQ(source.frames_alive(), 0);
}

TEST(FrameGraph, ALineWithoutStepsPassesOn) {
  FakeSource source(100, 8);
  FakeSink sink;
  EXPECT_EQ(run_frame_graph(source, {}, sink, {4, 2}).frames, 100);
  EXPECT_EQ(sink.indices, counted(100));
}

TEST(FrameGraph, GroupsArePutInOrderWhereAStepNeedsIt) {
  // Serial behind parallel, behind serial and behind a look-ahead.
  Line line;
  std::vector<std::int64_t> first, second, third;
  const auto noting = [](std::vector<std::int64_t>& seen) {
    return [&seen](FrameGroup& group) {
      for (const FrameJob& job : group.jobs) seen.push_back(job.index);
    };
  };
  line.add(delaying_stage("hurry", Concurrency::kParallel, 11));
  line.add(Stage{"first", Concurrency::kSerial, noting(first)});
  line.add(Stage{"second", Concurrency::kSerial, noting(second)});
  line.add(holding("hold", 2));
  line.add(Stage{"third", Concurrency::kSerial, noting(third)});
  FakeSource source(600, 3);
  FakeSink sink;
  run_frame_graph(source, line, sink, {8, 4});
  EXPECT_EQ(first, counted(600));
  EXPECT_EQ(second, counted(600));
  EXPECT_EQ(third, counted(600));
}

TEST(FrameGraph, TellsOnceWhenAllHasBeenRead) {
  for (const bool serially : {false, true}) {
    Line line = busy_line(12, 2, 1);
    int told = 0;
    line.when_all_is_read([&told] { ++told; });
    FakeSource source(50, 4);
    FakeSink sink;
    if (serially) {
      run_frames_serially(source, line, sink);
    } else {
      run_frame_graph(source, line, sink, {4, 2});
    }
    EXPECT_EQ(told, 1);
  }
}

RunStatistics statistics_of(bool serially, int frames) {
  FakeSource source(frames, 8);
  FakeSink sink;
  const Line line = busy_line(9, 1, 1);
  return serially ? run_frames_serially(source, line, sink) : run_frame_graph(source, line, sink, {4, 2});
}

TEST(FrameGraph, StatisticsCountEveryStage) {
  for (const bool serially : {false, true}) {
    const RunStatistics statistics = statistics_of(serially, 60);
    ASSERT_EQ(statistics.stages.size(), 10u);
    EXPECT_EQ(statistics.stages.front().name, "read");
    EXPECT_EQ(statistics.stages.back().name, "write");
    for (const StageStatistics& stage : statistics.stages) {
      EXPECT_EQ(stage.frames, 60) << stage.name;
      EXPECT_EQ(stage.groups, 9) << stage.name << ": eight of frames, and the last one";
      EXPECT_EQ(stage.longest_queue > 0, stage.name != "read") << stage.name << ": only who reads never waits in line";
    }
    EXPECT_GT(statistics.wall_seconds, 0);
  }
}

TEST(FrameGraph, ExceptionOfTheSourceComesOutInBothRunners) {
  class BrokenFilm : public FrameSource {
   public:
    FrameGroupPtr next() override {
      if (++asked_ > 3) throw Error(ExitCode::kInputUnreadable, "gone");
      return film_.next();
    }

   private:
    FakeSource film_{100, 4};
    int asked_ = 0;
  };
  for (const bool serially : {false, true}) {
    BrokenFilm source;
    FakeSink sink;
    try {
      const Line line = busy_line(10, 1, 0);
      serially ? run_frames_serially(source, line, sink) : run_frame_graph(source, line, sink, {4, 2});
      FAIL() << "no exception";
    } catch (const std::exception& exception) {
      EXPECT_EQ(describe(exception), "read: gone");
      EXPECT_EQ(exit_code_of(exception), ExitCode::kInputUnreadable);
    }
  }
}

}  // namespace
}  // namespace reelface
