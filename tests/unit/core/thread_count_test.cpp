// SPDX-License-Identifier: Apache-2.0
#include "core/thread_count.h"

#include <gtest/gtest.h>

#include <limits>

namespace reelface {
namespace {

TEST(ThreadCount, IsNeverMoreThanTheMost) {
  EXPECT_EQ(threads_to_use(3), 3);
  EXPECT_EQ(threads_to_use(kMostThreads), kMostThreads);
  EXPECT_EQ(threads_to_use(std::numeric_limits<int>::max()), kMostThreads);
}

TEST(ThreadCount, NothingAskedForMeansAllCores) {
  EXPECT_EQ(threads_to_use(0), available_cores());
  EXPECT_GE(available_cores(), 1);
  EXPECT_LE(available_cores(), kMostThreads);
}

}  // namespace
}  // namespace reelface
