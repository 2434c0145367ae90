// SPDX-License-Identifier: Apache-2.0
#include "media/read/timeline_joiner.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <random>

#include "reelface/core/rational.h"

namespace reelface {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr int kVideo = 0;
constexpr int kSound = 1;
constexpr int kWords = 2;

TimelineJoiner::Rules transport_stream() {
  TimelineJoiner::Rules rules;
  rules.joins_forward_jumps = true;
  rules.backward_tolerance = 100'000;
  return rules;
}

std::int64_t joined(TimelineJoiner& joiner, int stream, std::int64_t time, std::int64_t duration = 40'000) {
  return time + joiner.offset_for({stream, time, duration, stream != kWords});
}

TEST(TimelineJoiner, LeavesOneRecordingAlone) {
  TimelineJoiner joiner(transport_stream());
  for (std::int64_t time = 5 * kSecond; time < 9 * kSecond; time += 40'000) {
    EXPECT_EQ(joined(joiner, kVideo, time), time);
    EXPECT_EQ(joined(joiner, kSound, time + 3000), time + 3000);
  }
  EXPECT_EQ(joiner.seams(), 0);
}

TEST(TimelineJoiner, ContinuesAfterAJumpBackAndKeepsSoundAndPictureTogether) {
  TimelineJoiner joiner(transport_stream());
  joined(joiner, kVideo, 2'000'000);
  joined(joiner, kSound, 2'010'000, 20'000);
  EXPECT_EQ(joined(joiner, kVideo, 0), 2'040'000);
  // The last sound of the first recording turns up behind the second one's first picture.
  EXPECT_EQ(joined(joiner, kSound, 2'030'000, 20'000), 2'030'000);
  EXPECT_EQ(joined(joiner, kSound, 10'000, 20'000), 2'050'000) << "the shift of 10 ms between the streams stays";
  EXPECT_EQ(joined(joiner, kVideo, 40'000), 2'080'000);
  EXPECT_EQ(joiner.seams(), 1);
}

TEST(TimelineJoiner, ClosesAJumpForward) {
  TimelineJoiner joiner(transport_stream());
  joined(joiner, kVideo, 0);
  joined(joiner, kSound, 0);
  EXPECT_EQ(joined(joiner, kSound, 500 * kSecond), 40'000);
  EXPECT_EQ(joined(joiner, kVideo, 500 * kSecond), 40'000);
  EXPECT_EQ(joiner.seams(), 1);
}

TEST(TimelineJoiner, AGapIsNoJump) {
  TimelineJoiner joiner(transport_stream());
  joined(joiner, kVideo, 0);
  EXPECT_EQ(joined(joiner, kVideo, 9 * kSecond), 9 * kSecond);
  joined(joiner, kSound, 0);
  for (std::int64_t time = 10 * kSecond; time < 40 * kSecond; time += kSecond) joined(joiner, kVideo, time);
  EXPECT_EQ(joined(joiner, kSound, 40 * kSecond), 40 * kSecond) << "sound may pause while pictures go on";
  EXPECT_EQ(joiner.seams(), 0);
}

TEST(TimelineJoiner, FilesWithAnIndexMayHoldAFrameForMinutes) {
  TimelineJoiner joiner(TimelineJoiner::Rules{});
  joined(joiner, kVideo, 0);
  EXPECT_EQ(joined(joiner, kVideo, 600 * kSecond), 600 * kSecond);
  EXPECT_EQ(joined(joiner, kVideo, 599 * kSecond), 599 * kSecond) << "a little disorder is not a seam either";
  EXPECT_EQ(joined(joiner, kVideo, 2 * kSecond), 599 * kSecond + 40'000);
}

TEST(TimelineJoiner, SubtitlesFollowTheSegmentTheyFit) {
  TimelineJoiner joiner(transport_stream());
  joined(joiner, kVideo, 100 * kSecond);
  joined(joiner, kVideo, 0);  // now at 100.04 s
  EXPECT_EQ(joined(joiner, kWords, kSecond), 101'040'000);
  EXPECT_EQ(joined(joiner, kWords, 99 * kSecond), 99 * kSecond) << "a late one of the first recording";
  EXPECT_EQ(joiner.seams(), 1);
}

TEST(TimelineJoiner, JoinsManyRecordings) {
  TimelineJoiner joiner(transport_stream());
  std::int64_t last = -1;
  for (int recording = 0; recording < 30; ++recording) {
    for (std::int64_t time = 0; time < kSecond; time += 40'000) {
      const std::int64_t now = joined(joiner, kVideo, time + std::int64_t{7'000} * recording);
      EXPECT_EQ(now - last, last < 0 ? 1 : 40'000);
      last = now;
    }
  }
  EXPECT_EQ(joiner.seams(), 29);
}

TEST(TimelineJoiner, SurvivesNonsense) {
  std::mt19937_64 random(11);
  TimelineJoiner joiner(transport_stream());
  for (int index = 0; index < 20000; ++index) {
    TimelineJoiner::Moment moment;
    moment.stream = static_cast<int>(random() % 4);
    const auto time = static_cast<std::int64_t>(random());
    moment.time = random() % 9 > 0 ? time >> (random() % 40) : kNoTimestamp;
    moment.duration = static_cast<std::int64_t>(random());
    moment.is_steady = random() % 2 == 0;
    // Stamps of 36 000 years and more are left alone, so that this sum never overflows.
    ASSERT_LE(std::abs(joiner.offset_for(moment)), std::numeric_limits<std::int64_t>::max() / 4) << index;
  }
  std::int64_t last = joined(joiner, kVideo, 0);
  for (std::int64_t time = 40'000; time < kSecond; time += 40'000) {
    const std::int64_t now = joined(joiner, kVideo, time);
    EXPECT_EQ(now - last, 40'000) << "a recording behind it is itself again";
    last = now;
  }
}

}  // namespace
}  // namespace reelface
