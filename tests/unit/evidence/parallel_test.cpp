#include "evidence/parallel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/thread_shortage.h"

namespace reelface {
namespace {

void expect_all_done(std::size_t count, int threads) {
  std::vector<std::atomic<int>> done(count);
  run_in_parallel(count, threads, [&](std::size_t index) { ++done[index]; });
  EXPECT_TRUE(std::all_of(done.begin(), done.end(), [](const auto& times) { return times == 1; })) << count;
}

TEST(RunInParallel, DoesEachOnce) {
  for (const int threads : {-1, 0, 1, 2, 7}) {
    for (const std::size_t count : {0U, 1U, 2U, 100U}) expect_all_done(count, threads);
  }
}

TEST(RunInParallel, DoesItAllWithAsManyThreadsAsThereAre) {
  for (const int available : {0, 1, 3}) {
    const testing::ThreadShortage shortage(available);
    expect_all_done(100, 64);
  }
}

TEST(RunInParallel, ThrowsTheFirstFailureInAShortageToo) {
  const testing::ThreadShortage shortage(1);
  try {
    run_in_parallel(20, 8, [](std::size_t index) {
      if (index == 3 || index == 17) throw std::runtime_error(std::to_string(index));
    });
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "3");
  }
}

}  // namespace
}  // namespace reelface
