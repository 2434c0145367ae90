#include "pipeline/frame_graph.h"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <thread>

#include "pipeline/serial_runner.h"
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

Stages busy_stages(unsigned seed, std::size_t held_by_track, std::size_t held_by_gather) {
  Stages stages;
  stages.detect = delaying_stage("detect", Concurrency::kParallel, seed);
  stages.track = {"track", held_by_track, std::make_shared<HoldingStage>(held_by_track)};
  stages.identify = {"identify", held_by_gather, std::make_shared<HoldingStage>(held_by_gather)};
  stages.align = delaying_stage("align", Concurrency::kParallel, seed + 1);
  stages.gather = {"gather", held_by_gather, std::make_shared<HoldingStage>(held_by_gather)};
  stages.restore = delaying_stage("restore", Concurrency::kSerial, seed + 2);
  stages.blend = delaying_stage("blend", Concurrency::kSerial, seed + 3);
  stages.paste = delaying_stage("paste", Concurrency::kParallel, seed + 4);
  return stages;
}

class FrameGraphWithLimit : public ::testing::TestWithParam<std::size_t> {};

TEST_P(FrameGraphWithLimit, WritesEveryFrameOnceAndInOrder) {
  FakeSource source(2000, 8);
  FakeSink sink;
  const RunStatistics statistics = run_frame_graph(source, busy_stages(1, 3, 1), sink, {GetParam(), 4});
  EXPECT_EQ(sink.indices, counted(2000));
  EXPECT_EQ(statistics.frames, 2000);
  EXPECT_EQ(source.frames_alive(), 0);
}

TEST_P(FrameGraphWithLimit, KeepsNoMoreFramesAliveThanTheLimitAndOneGroup) {
  const std::size_t held = 3;
  FakeSource source(800, 8);
  FakeSink sink;
  run_frame_graph(source, busy_stages(2, held, 0), sink, {GetParam(), 4});
  EXPECT_LE(source.most_frames_alive(), static_cast<int>((GetParam() + held + 1) * 8));
}

INSTANTIATE_TEST_SUITE_P(Limits, FrameGraphWithLimit, ::testing::Values(1, 2, 8, 32));

TEST(FrameGraph, WorksWithAsManyThreadsAsTheSystemGives) {
  for (const int available : {0, 1}) {
    const testing::ThreadShortage shortage(available);
    FakeSource source(400, 8);
    FakeSink sink;
    run_frame_graph(source, busy_stages(3, 2, 1), sink, {8, 4});
    EXPECT_EQ(sink.indices, counted(400));
  }
}

TEST(FrameGraph, AParallelStageTakesNoMoreGroupsThanItWants) {
  std::atomic<int> inside{0}, most{0};
  Stages stages;
  stages.restore.most_at_once = 1;
  stages.restore.run = [&](FrameGroup&) {
    const int now = ++inside;
    int before = most;
    while (before < now && !most.compare_exchange_weak(before, now)) {
    }
    for (int turn = 0; turn < 50; ++turn) std::this_thread::yield();  // time for another thread to come in
    --inside;
  };
  FakeSource source(400, 1);
  FakeSink sink;
  run_frame_graph(source, stages, sink, {16, 8});
  EXPECT_EQ(most, 1);
  EXPECT_EQ(sink.indices.size(), 400U);
}

TEST(FrameGraph, GivesTheSerialRunnersBytesUnderRandomDelays) {
  for (unsigned seed = 0; seed < 8; ++seed) {
    FakeSource graph_source(203, 5), serial_source(203, 5);
    FakeSink from_graph, from_loop;
    run_frame_graph(graph_source, busy_stages(seed, seed % 4, seed % 3), from_graph, {1 + seed % 5, 4});
    run_frames_serially(serial_source, busy_stages(seed, seed % 4, seed % 3), from_loop);
    EXPECT_EQ(from_graph.indices, from_loop.indices);
    EXPECT_EQ(from_graph.samples, from_loop.samples);
  }
}

TEST(FrameGraph, SerialStagesSeeFramesInOrder) {
  Stages stages = busy_stages(3, 2, 2);
  std::vector<std::int64_t> seen;
  stages.blend.run = [&](FrameGroup& group) {
    for (const FrameJob& job : group.jobs) seen.push_back(job.index);
  };
  FakeSource source(500, 3);
  FakeSink sink;
  run_frame_graph(source, stages, sink, {6, 4});
  EXPECT_EQ(seen, counted(500));
}

TEST(FrameGraph, EmptyInputIsNoFrames) {
  FakeSource source(0, 8);
  FakeSink sink;
  EXPECT_EQ(run_frame_graph(source, busy_stages(4, 2, 1), sink, {4, 2}).frames, 0);
  EXPECT_TRUE(sink.indices.empty());
}

TEST(FrameGraph, OneFrameGetsThroughEveryLookAhead) {
  FakeSource source(1, 8);
  FakeSink sink;
  EXPECT_EQ(run_frame_graph(source, busy_stages(5, 6, 6), sink, {1, 2}).frames, 1);
}

TEST(FrameGraph, ExceptionNamesStageAndFrameAndFreesAllFrames) {
  FakeSource source(400, 4);
  FakeSink sink;
  Stages stages = busy_stages(6, 2, 1);
  stages.restore.run = [](FrameGroup& group) {
    if (group.first_index() == 100) throw Error(ExitCode::kModelRejected, "bad pixels");
  };
  try {
    run_frame_graph(source, stages, sink, {4, 4});
    FAIL() << "no exception";
  } catch (const std::exception& exception) {
    EXPECT_EQ(describe(exception), "restore, frame 100: bad pixels");
    EXPECT_EQ(exit_code_of(exception), ExitCode::kModelRejected);
  }
  stages = {};  // lets go of what the look-ahead stages hold
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
    run_frame_graph(source, busy_stages(7, 0, 0), sink, {4, 4});
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
  Stages stages;
  stages.track = {"track", 0, std::make_shared<LosingStage>()};
  try {
    run_frame_graph(source, stages, sink, {4, 2});
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
  Stages stages = busy_stages(8, 2, 1);
  stages.paste.run = [&](FrameGroup& group) {
    if (group.first_index() >= 100) cancel.request(CancelLevel::kAbort);
  };
  try {
    run_frame_graph(source, stages, sink, {4, 4}, &cancel);
    FAIL() << "no exception";
  } catch (const std::exception& exception) {
    EXPECT_EQ(exit_code_of(exception), ExitCode::kInterrupted);
  }
  EXPECT_LT(sink.indices.size(), 1000u);
  stages = {};
  EXPECT_EQ(source.frames_alive(), 0);
}

TEST(FrameGraph, StatisticsCountEveryStage) {
  FakeSource source(64, 8);
  FakeSink sink;
  const RunStatistics statistics = run_frame_graph(source, busy_stages(9, 1, 1), sink, {4, 2});
  ASSERT_EQ(statistics.stages.size(), 10u);
  EXPECT_EQ(statistics.stages.front().name, "read");
  EXPECT_EQ(statistics.stages.back().name, "write");
  for (std::size_t index = 1; index < statistics.stages.size(); ++index) {
    EXPECT_EQ(statistics.stages[index].frames, 64) << statistics.stages[index].name;
    EXPECT_GE(statistics.stages[index].longest_queue, 1u) << statistics.stages[index].name;
  }
  EXPECT_GT(statistics.wall_seconds, 0);
}

}  // namespace
}  // namespace reelface
