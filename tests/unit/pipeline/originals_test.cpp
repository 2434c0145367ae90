// SPDX-License-Identifier: Apache-2.0
#include "pipeline/graph/originals.h"

#include <gtest/gtest.h>

#include "pipeline/graph/frame_graph.h"
#include "pipeline/graph/serial_runner.h"
#include "unit/pipeline/fake_stages.h"

namespace reelface {
namespace {

using testing::FakeSink;
using testing::FakeSource;

StepNeeds wanting_originals() {
  StepNeeds needs;
  needs.needs_original = true;
  return needs;
}

/// For each frame, whether a step at this place sees its original.
Stage seeing(const std::string& name, std::vector<bool>& seen, StepNeeds needs = {}) {
  return {name, Concurrency::kSerial,
          [&seen](FrameGroup& group) {
            for (const FrameJob& job : group.jobs) seen.push_back(job.original != nullptr);
          },
          0, std::move(needs)};
}

class OriginalsTest : public ::testing::TestWithParam<const char*> {
 protected:
  static void run(FrameSource& source, const Line& line, FrameSink& sink) {
    if (std::string(GetParam()) == "serial") {
      run_frames_serially(source, line, sink);
    } else {
      run_frame_graph(source, line, sink, {4, 2});
    }
  }
};

INSTANTIATE_TEST_SUITE_P(Runners, OriginalsTest, ::testing::Values("serial", "graph"));

TEST_P(OriginalsTest, AreThereUpToTheLastStepThatNeedsThem) {
  std::vector<bool> first, second, third, fourth;
  Line line;
  line.add(seeing("first", first));
  line.add(seeing("second", second, wanting_originals()));
  line.add(LookAhead{"third", std::make_shared<testing::HoldingStage>(1), wanting_originals()});
  line.add(seeing("fourth", fourth));
  FakeSource source(20, 8);
  FakeSink sink;
  run(source, line, sink);
  EXPECT_EQ(first, std::vector<bool>(20, true));
  EXPECT_EQ(second, std::vector<bool>(20, true));
  EXPECT_EQ(fourth, std::vector<bool>(20, false));
}

TEST_P(OriginalsTest, AreNotKeptWhereNobodyNeedsThem) {
  std::vector<bool> seen;
  Line line;
  line.add(seeing("only", seen));
  FakeSource source(20, 8);
  FakeSink sink;
  run(source, line, sink);
  EXPECT_EQ(seen, std::vector<bool>(20, false));
}

TEST_P(OriginalsTest, StayAsTheyWereRead) {
  std::vector<int> before, now;
  Line line;
  line.add(testing::delaying_stage("change", Concurrency::kParallel, 5));
  line.add(Stage{"compare", Concurrency::kSerial,
                 [&](FrameGroup& group) {
                   for (const FrameJob& job : group.jobs) {
                     before.push_back(job.original->plane(0).data[0]);
                     now.push_back(job.frame->plane(0).data[0]);
                   }
                 },
                 0, wanting_originals()});
  FakeSource source(20, 8), plain_source(20, 8);
  FakeSink sink, plain_sink;
  run(source, line, sink);
  run(plain_source, Line(), plain_sink);
  EXPECT_EQ(before, std::vector<int>(plain_sink.samples.begin(), plain_sink.samples.end()));
  EXPECT_EQ(now, std::vector<int>(sink.samples.begin(), sink.samples.end()));
  EXPECT_NE(before, now);
  EXPECT_EQ(source.frames_alive(), 0);
}

}  // namespace
}  // namespace reelface
