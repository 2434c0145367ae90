// SPDX-License-Identifier: Apache-2.0
#include "media/read/run_up_buffer.h"

#include <gtest/gtest.h>

#include "media/libav/frame_storage.h"

namespace reelface {
namespace {

constexpr AVRational kTimeBase = {1, 10};

/// Puts packet `number`, a key frame every `distance`, one every tenth of a second; gives the numbers that are due.
std::vector<std::int64_t> put(RunUpBuffer& buffer, std::int64_t number, int distance, int size = 10) {
  PacketPtr packet = new_packet();
  EXPECT_GE(av_new_packet(packet.get(), size), 0);
  packet->dts = number;
  packet->pts = number;
  if (distance > 0 && number % distance == 0) packet->flags |= AV_PKT_FLAG_KEY;
  std::vector<PacketPtr> due;
  buffer.put(*packet, kTimeBase, due);
  std::vector<std::int64_t> numbers;
  numbers.reserve(due.size());
  for (const PacketPtr& one : due) numbers.push_back(one->dts);
  return numbers;
}

using Numbers = std::vector<std::int64_t>;

TEST(RunUpBuffer, BeginsWithTheLastKeyFrameBefore) {
  RunUpBuffer buffer(2.5);
  for (std::int64_t number = 0; number <= 25; ++number) EXPECT_EQ(put(buffer, number, 8), Numbers{});
  EXPECT_EQ(put(buffer, 26, 8), (Numbers{24, 25, 26}));
  EXPECT_EQ(put(buffer, 27, 8), Numbers{27});
  EXPECT_EQ(put(buffer, 32, 8), Numbers{32}) << "a later key frame is a packet like any other";
}

TEST(RunUpBuffer, AKeyFrameBehindTheStartDoesNotCount) {
  RunUpBuffer buffer(2.35);
  for (std::int64_t number = 0; number < 24; ++number) EXPECT_EQ(put(buffer, number, 8), Numbers{});
  EXPECT_EQ(put(buffer, 24, 8), (Numbers{16, 17, 18, 19, 20, 21, 22, 23, 24}));
}

TEST(RunUpBuffer, DecodesAllWhereThereIsNoTime) {
  RunUpBuffer buffer(100);
  EXPECT_EQ(put(buffer, AV_NOPTS_VALUE, 0).size(), 1u);
  EXPECT_EQ(put(buffer, 5, 5), Numbers{5});
}

TEST(RunUpBuffer, IsBounded) {
  RunUpBuffer buffer(1000);
  std::size_t due = 0;
  for (std::int64_t number = 1; number <= 9; ++number) due += put(buffer, number, 0, 8 << 20).size();
  EXPECT_EQ(due, 9u) << "a film without key frames is decoded whole";
}

TEST(RunUpBuffer, GivesTheRestAtTheEnd) {
  RunUpBuffer buffer(1000);
  for (std::int64_t number = 0; number < 5; ++number) put(buffer, number, 3);
  EXPECT_EQ(buffer.take_all().size(), 2u);
  EXPECT_TRUE(buffer.take_all().empty());
}

}  // namespace
}  // namespace reelface
