// SPDX-License-Identifier: Apache-2.0
#include "media/read/read_window.h"

#include <gtest/gtest.h>

#include <limits>

#include "reelface/core/rational.h"

namespace reelface {
namespace {

using Place = ReadWindow::Place;

ReadWindow seconds_window(double from, double to) {
  ReadRange range;
  range.from_seconds = from;
  range.to_seconds = to;
  return ReadWindow(range);
}

TEST(ReadWindow, TheWholeFilmHasNoEdges) {
  ReadWindow window{ReadRange{}};
  EXPECT_TRUE(window.is_whole_film());
  EXPECT_EQ(window.place_of(-1'000'000, {1, 25}), Place::kInside);
  EXPECT_EQ(window.place_of_next_frame(std::numeric_limits<std::int64_t>::max(), {1, 1}), Place::kInside);
  EXPECT_EQ(window.offset_microseconds(), 0);
}

TEST(ReadWindow, BeginsAtItsStartAndEndsBeforeItsEnd) {
  const ReadWindow window = seconds_window(1.001, 2.002);
  const AVRational time_base = {1001, 30000};
  EXPECT_EQ(window.place_of(29, time_base), Place::kBefore);
  EXPECT_EQ(window.place_of(30, time_base), Place::kInside);
  EXPECT_EQ(window.place_of(59, time_base), Place::kInside);
  EXPECT_EQ(window.place_of(60, time_base), Place::kAfter);
  EXPECT_EQ(window.place_of(kNoTimestamp, time_base), Place::kInside);
  EXPECT_EQ(window.offset_microseconds(), 1'001'000);
}

TEST(ReadWindow, ForgivesSecondsThatLostTheirLastDigits) {
  const AVRational time_base = {1, 90000};
  const std::int64_t stamp = 12345;  // 0.1371666… s
  EXPECT_EQ(seconds_window(0.137167, 1).place_of(stamp, time_base), Place::kInside);
  EXPECT_EQ(seconds_window(0, 0.137167).place_of(stamp, time_base), Place::kAfter)
      << "and never gives a frame to two parts";
}

TEST(ReadWindow, AStartAtZeroKeepsWhatLiesBeforeIt) {
  EXPECT_EQ(seconds_window(0, 1).place_of(-1024, {1, 48000}), Place::kInside) << "the priming of the sound";
}

TEST(ReadWindow, CountsFrames) {
  ReadRange range;
  range.first_frame = 2;
  range.end_frame = 4;
  ReadWindow window(range);
  const AVRational time_base = {1, 10};
  EXPECT_EQ(window.place_of(1000, time_base), Place::kInside) << "its times are not known yet";
  EXPECT_EQ(window.place_of_next_frame(0, time_base), Place::kBefore);
  EXPECT_EQ(window.place_of_next_frame(5, time_base), Place::kBefore);
  EXPECT_EQ(window.place_of_next_frame(7, time_base), Place::kInside);
  EXPECT_EQ(window.offset_microseconds(), 700'000);
  EXPECT_EQ(window.place_of(6, time_base), Place::kBefore);
  EXPECT_EQ(window.place_of_next_frame(20, time_base), Place::kInside);
  EXPECT_EQ(window.place_of_next_frame(21, time_base), Place::kAfter);
  EXPECT_EQ(window.place_of(21, time_base), Place::kAfter);
  EXPECT_EQ(window.place_of(20, time_base), Place::kInside);
}

TEST(ReadWindow, HugeStampsDoNotOverflow) {
  const ReadWindow window = seconds_window(1e9 - 1, 1e9);
  EXPECT_EQ(window.place_of(std::numeric_limits<std::int64_t>::max(), {1, 1}), Place::kAfter);
  EXPECT_EQ(window.place_of(std::numeric_limits<std::int64_t>::max(), {1, 2'000'000'000}), Place::kAfter);
  EXPECT_EQ(window.place_of(std::numeric_limits<std::int64_t>::min() + 1, {1, 1}), Place::kBefore);
}

}  // namespace
}  // namespace reelface
