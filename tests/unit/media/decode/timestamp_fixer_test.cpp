// SPDX-License-Identifier: Apache-2.0
#include "media/decode/timestamp_fixer.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "reelface/core/rational.h"

namespace reelface {
namespace {

constexpr std::int64_t kNone = kNoTimestamp;

TEST(TimestampFixer, LeavesGoodStampsAlone) {
  TimestampFixer fixer(40);
  for (const std::int64_t stamp : {-40, 0, 40, 41, 500, 9000}) EXPECT_EQ(fixer.fix(stamp, 7, 40), stamp);
  EXPECT_EQ(fixer.repaired(), 0);
}

TEST(TimestampFixer, TakesTheSecondChoice) {
  TimestampFixer fixer(40);
  EXPECT_EQ(fixer.fix(kNone, 80, 40), 80);
  EXPECT_EQ(fixer.fix(kNone, 120, 40), 120);
  EXPECT_EQ(fixer.repaired(), 0);
}

TEST(TimestampFixer, CountsOnWhereStampsAreMissing) {
  TimestampFixer fixer(40);
  EXPECT_EQ(fixer.fix(kNone, kNone, 0), 0);
  EXPECT_EQ(fixer.fix(kNone, kNone, 30), 40);
  EXPECT_EQ(fixer.fix(kNone, kNone, 0), 70);
  EXPECT_EQ(fixer.repaired(), 3);
}

TEST(TimestampFixer, FollowsTheStampsDistanceRatherThanTheDuration) {
  TimestampFixer fixer(1);
  fixer.fix(0, kNone, 1);
  fixer.fix(2, kNone, 1);
  EXPECT_EQ(fixer.fix(kNone, kNone, 1), 4);
  EXPECT_EQ(fixer.fix(kNone, kNone, 1), 6);
}

TEST(TimestampFixer, ADuplicateLeavesRoomForTheNext) {
  TimestampFixer fixer(40);
  EXPECT_EQ(fixer.fix(0, kNone, 40), 0);
  EXPECT_EQ(fixer.fix(0, kNone, 40), 20);
  EXPECT_EQ(fixer.fix(40, kNone, 40), 40);
  EXPECT_EQ(fixer.fix(39, kNone, 40), 60);
  EXPECT_EQ(fixer.fix(80, kNone, 40), 80);
  EXPECT_EQ(fixer.repaired(), 2);
}

TEST(TimestampFixer, RisesWhateverComes) {
  std::mt19937_64 random(7);
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const std::int64_t nasty[] = {kNone, kMost, -kMost, 0, 1, -1, kMost / 4, -(kMost / 4), kMost / 2};
  for (int round = 0; round < 200; ++round) {
    TimestampFixer fixer(static_cast<std::int64_t>(random()));
    std::int64_t last = std::numeric_limits<std::int64_t>::min();
    for (int index = 0; index < 50; ++index) {
      const std::int64_t stamp = random() % 3 ? nasty[random() % 9] : static_cast<std::int64_t>(random() % 1000);
      const std::int64_t fixed = fixer.fix(stamp, nasty[random() % 9], nasty[random() % 9]);
      ASSERT_GT(fixed, last);
      last = fixed;
    }
  }
}

}  // namespace
}  // namespace reelface
