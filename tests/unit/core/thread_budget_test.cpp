#include "core/thread_budget.h"

#include <gtest/gtest.h>

#include <limits>

namespace reelface {
namespace {

TEST(ThreadBudget, IsNeverMoreThanTheMost) {
  EXPECT_EQ(share_threads(3).total, 3);
  EXPECT_EQ(share_threads(kMostThreads).graph, kMostThreads);
  const ThreadBudget budget = share_threads(std::numeric_limits<int>::max());
  for (const int share : {budget.total, budget.graph, budget.decoder, budget.encoder, budget.inference}) {
    EXPECT_EQ(share, kMostThreads);
  }
}

TEST(ThreadBudget, NothingAskedForMeansAllCores) {
  EXPECT_EQ(share_threads(0).total, available_cores());
  EXPECT_GE(available_cores(), 1);
  EXPECT_LE(available_cores(), kMostThreads);
}

}  // namespace
}  // namespace reelface
