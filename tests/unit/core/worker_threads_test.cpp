// SPDX-License-Identifier: Apache-2.0
#include "core/worker_threads.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

#include "support/thread_shortage.h"

namespace reelface {
namespace {

TEST(WorkerThreads, DoesEveryTaskOnceInEveryRun) {
  WorkerThreads workers(3);
  for (std::size_t tasks = 0; tasks < 50; ++tasks) {
    std::vector<std::atomic<int>> done(50);
    workers.run(tasks, [&](std::size_t task) { ++done[task]; });
    for (std::size_t i = 0; i < 50; ++i) ASSERT_EQ(done[i], i < tasks ? 1 : 0);
  }
}

TEST(WorkerThreads, TasksRunSideBySide) {
  WorkerThreads workers(2);
  std::atomic<int> arrived{0};
  workers.run(2, [&](std::size_t) {  // each waits for the other: one thread alone would never get through
    ++arrived;
    while (arrived < 2) std::this_thread::yield();
  });
  EXPECT_EQ(arrived, 2);
}

TEST(WorkerThreads, ThrowsTheFirstExceptionOnAndIsUsableAfter) {
  WorkerThreads workers(2);
  for (int round = 0; round < 20; ++round) {
    EXPECT_THROW(workers.run(100,
                             [](std::size_t task) {
                               if (task == 3) throw std::runtime_error("three");
                             }),
                 std::runtime_error);
    std::atomic<int> done{0};
    workers.run(7, [&](std::size_t) { ++done; });
    ASSERT_EQ(done, 7);
  }
}

TEST(WorkerThreads, WorksWithAsManyAsTheSystemGives) {
  for (const int available : {0, 1, 3}) {
    const testing::ThreadShortage shortage(available);
    WorkerThreads workers(8);
    EXPECT_EQ(workers.count(), available);
    std::vector<std::atomic<int>> done(20);
    workers.run(20, [&](std::size_t task) { ++done[task]; });
    for (const std::atomic<int>& times : done) EXPECT_EQ(times, 1);
    EXPECT_THROW(workers.run(3, [](std::size_t) { throw std::runtime_error("no"); }), std::runtime_error);
  }
}

}  // namespace
}  // namespace reelface
