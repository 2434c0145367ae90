// SPDX-License-Identifier: Apache-2.0
#include "media/encode/frame_timeline.h"

#include <gtest/gtest.h>

#include <vector>

#include "reelface/core/error.h"

namespace reelface {
namespace {

AVPacket packet_with(std::int64_t pts, std::int64_t dts) {
  AVPacket packet{};
  packet.pts = pts;
  packet.dts = dts;
  return packet;
}

TEST(FrameTimeline, DurationsFindTheirPacketsInDecodingOrder) {
  FrameTimeline timeline(FrameTimeline::Mode::kStamps);
  EXPECT_EQ(timeline.enter(0, 40), 0);
  EXPECT_EQ(timeline.enter(40, 100), 40);
  EXPECT_EQ(timeline.enter(140, 7), 140);
  AVPacket first = packet_with(0, -40);
  AVPacket last = packet_with(140, 0);
  AVPacket middle = packet_with(40, 40);
  timeline.leave(first);
  timeline.leave(last);
  timeline.leave(middle);
  EXPECT_EQ(first.duration, 40);
  EXPECT_EQ(last.duration, 7);
  EXPECT_EQ(middle.duration, 100);
  EXPECT_EQ(last.dts, 0);
}

TEST(FrameTimeline, CountingGivesTheRealStampsBack) {
  FrameTimeline timeline(FrameTimeline::Mode::kCounting);
  const std::vector<std::int64_t> stamps{5, 17, 18, 90};
  for (std::size_t i = 0; i < stamps.size(); ++i) EXPECT_EQ(timeline.enter(stamps[i], 3), static_cast<int>(i));
  // I P B B in decoding order, one frame of delay
  AVPacket packets[] = {packet_with(0, -1), packet_with(3, 0), packet_with(1, 1), packet_with(2, 2)};
  std::int64_t last_dts = -100;
  std::vector<std::int64_t> shown;
  for (AVPacket& packet : packets) {
    timeline.leave(packet);
    EXPECT_GT(packet.dts, last_dts);
    EXPECT_LE(packet.dts, packet.pts);
    EXPECT_EQ(packet.duration, 3);
    last_dts = packet.dts;
    shown.push_back(packet.pts);
  }
  EXPECT_EQ(shown, (std::vector<std::int64_t>{5, 90, 17, 18}));
}

TEST(FrameTimeline, RefusesTimeThatStandsStill) {
  FrameTimeline timeline(FrameTimeline::Mode::kStamps);
  timeline.enter(10, 1);
  EXPECT_THROW(timeline.enter(10, 1), Error);
}

}  // namespace
}  // namespace reelface
