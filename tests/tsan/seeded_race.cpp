// SPDX-License-Identifier: Apache-2.0
// A step with a race, so that it is known that the thread sanitizer would report one. Two groups are inside the step at
// once, and both count in a plain number.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>

#include "pipeline/graph/frame_graph.h"
#include "unit/pipeline/fake_stages.h"

int main() {
  using namespace reelface;
  constexpr int kGroups = 16;
  std::atomic<int> inside{0};
  int counted = 0;
  Line line;
  line.add(Stage{"count", Concurrency::kParallel, [&](FrameGroup&) {
                   // Relaxed, or the two would be in order after all.
                   inside.fetch_add(1, std::memory_order_relaxed);
                   const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
                   while (inside.load(std::memory_order_relaxed) < 2 && std::chrono::steady_clock::now() < limit) {
                     std::this_thread::yield();
                   }
                   // Many times: of two that count in the very same moment the sanitizer may see neither.
                   for (int time = 0; time < 100; ++time) {
                     ++counted;
                     std::this_thread::yield();
                   }
                 }});
  testing::FakeSource source(kGroups * 8, 8);
  testing::FakeSink sink;
  run_frame_graph(source, line, sink, {4, 2});
  std::printf("counted to %d\n", counted);
}
