// SPDX-License-Identifier: Apache-2.0
#include "media/write/end_of_video.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "media/libav/frame_storage.h"

namespace reelface {
namespace {

struct Step {
  std::int64_t shown;
  std::int64_t decoded;
  std::int64_t duration;
};

std::vector<Step> passed(const std::vector<Step>& packets) {
  std::vector<Step> result;
  EndOfVideo video;
  const auto sink = [&](const AVPacket& packet) { result.push_back({packet.pts, packet.dts, packet.duration}); };
  for (const Step& step : packets) {
    const PacketPtr packet = new_packet();
    packet->pts = step.shown;
    packet->dts = step.decoded;
    packet->duration = step.duration;
    video.pass(*packet, sink);
  }
  video.finish(sink);
  return result;
}

/// What a player of MP4 adds up, and when the picture shown last goes as the muxer sees it.
std::int64_t decoding_sum(const std::vector<Step>& packets) {
  return packets.back().decoded + packets.back().duration - packets.front().decoded;
}
std::int64_t end_of(const std::vector<Step>& packets) {
  std::int64_t end = 0;
  for (const Step& step : packets) end = std::max(end, step.shown + step.duration);
  return end;
}

void expect_sound(const std::vector<Step>& packets) {
  const std::vector<Step> result = passed(packets);
  ASSERT_EQ(result.size(), packets.size());
  for (std::size_t index = 0; index < result.size(); ++index) {
    EXPECT_EQ(result[index].shown, packets[index].shown) << index;
    EXPECT_LE(result[index].decoded, result[index].shown) << index;
    if (index > 0) {
      EXPECT_GT(result[index].decoded, result[index - 1].decoded) << index;
    }
    if (index + 1 == result.size()) break;
    EXPECT_EQ(result[index].decoded, packets[index].decoded) << index;
    EXPECT_EQ(result[index].duration, packets[index].duration) << index;
  }
  EXPECT_EQ(end_of(result), end_of(packets)) << "the last picture is shown as long as before";
  EXPECT_EQ(decoding_sum(result), end_of(packets) - packets.front().shown);
}

TEST(EndOfVideoTest, WhatIsNotReorderedStays) {
  const std::vector<Step> packets{{0, 0, 10}, {10, 10, 3}, {13, 13, 40}};
  const std::vector<Step> result = passed(packets);
  expect_sound(packets);
  EXPECT_EQ(result.back().decoded, 13);
  EXPECT_EQ(result.back().duration, 40);
}

TEST(EndOfVideoTest, ADelayOfOnePictureAndUnevenSteps) {
  expect_sound({{0, -10, 10}, {10, 0, 20}, {30, 10, 10}});
  expect_sound({{0, -10, 10}, {10, 0, 5}, {15, 10, 10}});
  expect_sound({{0, -10, 10}, {10, 0, 30}, {40, 10, 7}});
  expect_sound({{0, -500, 500}, {500, 0, 3}, {503, 500, 4}});
}

TEST(EndOfVideoTest, PicturesThatAreShownEarlierThanTheOneBefore) {
  // I P B: the last packet is not the last picture.
  expect_sound({{0, -10, 10}, {20, 0, 10}, {10, 10, 10}});
  expect_sound({{0, -10, 10}, {20, 0, 50}, {10, 10, 10}});
  expect_sound({{0, -20, 10}, {30, -10, 50}, {10, 0, 10}, {20, 10, 10}});
}

TEST(EndOfVideoTest, WhatLastsLongerByDecodingThanItIsShown) {
  const std::vector<Step> result = passed({{0, -500, 500}, {500, 0, 3}, {503, 500, 3}, {506, 503, 4}});
  EXPECT_EQ(result.back().decoded, 501) << "as early as can be";
  EXPECT_EQ(result.back().duration, 4) << "the last picture is shown as long as before";
}

TEST(EndOfVideoTest, OnePictureOrNone) {
  EXPECT_TRUE(passed({}).empty());
  const std::vector<Step> one = passed({{7, -3, 10}});
  ASSERT_EQ(one.size(), 1u);
  EXPECT_EQ(one[0].decoded, -3);
  EXPECT_EQ(one[0].duration, 10);
}

}  // namespace
}  // namespace reelface
