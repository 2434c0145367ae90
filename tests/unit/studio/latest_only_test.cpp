// SPDX-License-Identifier: Apache-2.0
#include "studio/films/latest_only.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace reelface {
namespace {

TEST(LatestOnly, GivesOneTurnAfterTheOther) {
  LatestOnly turns;
  EXPECT_TRUE(turns.take());
  EXPECT_TRUE(turns.take());
}

TEST(LatestOnly, ANewOneAsksTheOldOneToStop) {
  LatestOnly turns;
  std::unique_ptr<LatestOnly::Turn> first = turns.take();
  EXPECT_FALSE(first->cancel().is_requested());
  std::unique_ptr<LatestOnly::Turn> second;
  std::thread other([&] { second = turns.take(); });
  while (!first->cancel().is_requested()) std::this_thread::yield();
  first.reset();
  other.join();
  ASSERT_TRUE(second);
  EXPECT_FALSE(second->cancel().is_requested());
}

TEST(LatestOnly, OfManyOneIsAtWorkAndTheNewestGetsItsTurn) {
  LatestOnly turns;
  std::atomic<int> at_work{0}, most{0}, served{0};
  std::vector<std::thread> threads;
  threads.reserve(16);
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      for (int turn_number = 0; turn_number < 50; ++turn_number) {
        const auto turn = turns.take();
        if (!turn) continue;
        const int now = ++at_work;
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) continue;
        ++served;
        --at_work;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(most, 1);
  EXPECT_GE(served, 1);
  EXPECT_TRUE(turns.take());
}

TEST(LatestOnly, StoppingSendsAwayThoseThatWait) {
  LatestOnly turns;
  std::unique_ptr<LatestOnly::Turn> first = turns.take();
  std::atomic<bool> was_sent_away{false};
  std::thread other([&] { was_sent_away = !turns.take(); });
  while (!first->cancel().is_requested()) std::this_thread::yield();
  turns.stop_all();
  other.join();
  EXPECT_TRUE(was_sent_away);
  first.reset();
  EXPECT_TRUE(turns.take());
}

}  // namespace
}  // namespace reelface
