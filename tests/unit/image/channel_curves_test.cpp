// SPDX-License-Identifier: Apache-2.0
#include "image/channel_curves.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>

#include "image/frame_part.h"
#include "support/frames.h"

namespace reelface {
namespace {

ChannelCurves times(double factor) {
  ChannelCurves::Curve curve;
  for (std::size_t step = 0; step < ChannelCurves::kSteps; ++step)
    curve[step] = static_cast<float>(factor * ChannelCurves::value_at(step));
  return ChannelCurves({curve, curve, curve});
}

TEST(ChannelCurves, AreStraightBetweenTheirSteps) {
  const ChannelCurves curves = times(0.5);
  for (const float value : {0.0F, 0.1234F, 0.5F, 0.999F, 1.0F}) EXPECT_NEAR(curves.at(1, value), 0.5F * value, 1e-6);
  EXPECT_EQ(curves.at(0, 7), 0.5F) << "beyond white is white";
}

TEST(ChannelCurves, CanBeSeenFromALevelOn) {
  EXPECT_FALSE(times(1).can_be_seen());
  EXPECT_FALSE(times(1 - 0.9 / 255).can_be_seen());
  EXPECT_TRUE(times(1 - 1.1 / 255).can_be_seen());
}

TEST(ChannelCurves, ReachThePartOfAFrameAndNothingElse) {
  for (const char* layout : {"yuv420p", "yuv444p10le", "gbrp", "gray"}) {
    const FrameFacts facts = testing::frame_facts(layout, 32, 24);
    const int middle = 1 << (facts.layout.bit_depth() - 1);
    const auto grey = [middle](int, int, int) { return middle; };
    const Frame before = testing::frame_of_codes(facts, grey);
    Frame frame = testing::frame_of_codes(facts, grey);
    const PictureArea area{8, 6, 12, 10};
    change_part(frame, area, [](Frame& part) { change_channels(part, times(0.5)); });
    for (int component = 0; component < facts.layout.component_count; ++component) {
      const int across = facts.width / component_width(facts, component);
      for (int y = 0; y < component_height(facts, component); ++y) {
        for (int x = 0; x < component_width(facts, component); ++x) {
          const bool is_inside = x * across >= area.x && x * across < area.x + area.width && y * across >= area.y &&
                                 y * across < area.y + area.height;
          const bool is_chroma = facts.layout.family == ColourFamily::kYuv && component > 0;
          const int code = testing::code_at(frame, component, x, y);
          EXPECT_EQ(code < middle, is_inside && !is_chroma) << layout << " " << component << ": " << x << "," << y;
          EXPECT_TRUE(!is_chroma || code == middle) << "grey stays grey";
        }
      }
    }
  }
}

}  // namespace
}  // namespace reelface
