// SPDX-License-Identifier: Apache-2.0
// Does the slowest stage set the pace of the frame graph? Stages here only wait, as they would for a graphics card, so
// that cores decide nothing: what is left beside the slowest one's own time is what the graph itself costs.
//
//   graph_bench [--groups N]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "pipeline/graph/frame_graph.h"
#include "unit/pipeline/fake_stages.h"

namespace reelface {
namespace {

constexpr int kFramesPerGroup = 8;

std::function<void(FrameGroup&)> waiting(double milliseconds) {
  return [milliseconds](FrameGroup&) {
    std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(milliseconds));
  };
}

double busy_seconds(const RunStatistics& run, const std::string& name) {
  for (const StageStatistics& stage : run.stages) {
    if (stage.name == name) return stage.busy_seconds;
  }
  return 0;
}

/// Two threads: one waits for the card, the other does all the rest, which takes a little less.
void bench(int groups) {
  Line line;
  line.add(Stage{"detect", Concurrency::kParallel, waiting(4)});
  line.add(Stage{"align", Concurrency::kParallel, waiting(2)});
  line.add(Stage{"restore", Concurrency::kSerial, waiting(12)});
  line.add(Stage{"blend", Concurrency::kSerial, waiting(2)});
  line.add(Stage{"paste", Concurrency::kParallel, waiting(2)});
  testing::FakeSource source(groups * kFramesPerGroup, kFramesPerGroup);
  testing::FakeSink sink;
  const RunStatistics run = run_frame_graph(source, line, sink, {4, 2});
  const double slowest = busy_seconds(run, "restore");
  std::printf("%d groups: wall %.3f s, the slowest stage %.3f s, ratio %.3f (asked: 1.10)\n", groups, run.wall_seconds,
              slowest, run.wall_seconds / slowest);
}

}  // namespace
}  // namespace reelface

int main(int count, char** words) {
  const bool is_given = count == 3 && std::string(words[1]) == "--groups";
  reelface::bench(is_given ? std::atoi(words[2]) : 200);
}
