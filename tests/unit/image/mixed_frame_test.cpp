// SPDX-License-Identifier: Apache-2.0
#include "image/mixed_frame.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "image/component_view.h"
#include "image/same_picture.h"
#include "reelface/core/error.h"
#include "reelface/image/frame_picture.h"

namespace reelface {
namespace {

/// Every sample of a component has the same code, each component another.
Frame frame_of(const std::string& layout, float code) {
  FrameFacts facts;
  facts.width = 18;
  facts.height = 10;
  facts.layout = pixel_layout(layout);
  Frame frame = allocate_frame(facts);
  for (int component = 0; component < facts.layout.component_count; ++component) {
    const ComponentView view = view_component(frame, component);
    const std::vector<float> codes(static_cast<std::size_t>(view.width), code + static_cast<float>(8 * component));
    for (int y = 0; y < view.height; ++y) store_samples(view, 0, y, view.width, codes.data());
  }
  return frame;
}

constexpr const char* kLayouts[] = {"yuv420p", "yuv422p10le", "yuv444p12le", "nv12",    "p010le",
                                    "gray",    "gbrp",        "rgb24",       "yuva420p"};

TEST(MixedFrame, LiesBetweenBoth) {
  for (const char* layout : kLayouts) {
    Frame frame = frame_of(layout, 100);
    mix_in(frame, frame_of(layout, 20), 0.25);
    EXPECT_TRUE(is_same_picture(frame, frame_of(layout, 40))) << layout;
  }
}

TEST(MixedFrame, OfEqualFramesIsThatFrame) {
  for (const char* layout : kLayouts) {
    Frame frame = frame_of(layout, 77);
    mix_in(frame, frame_of(layout, 77), 1.0 / 3);
    EXPECT_TRUE(is_same_picture(frame, frame_of(layout, 77))) << layout;
  }
}

TEST(MixedFrame, LeavesTheOthersOwnersAlone) {
  Frame frame = frame_of("yuv420p", 100);
  const Frame kept = frame.share();
  mix_in(frame, frame_of("yuv420p", 20), 0.5);
  EXPECT_TRUE(is_same_picture(kept, frame_of("yuv420p", 100)));
}

TEST(MixedFrame, OtherKindsAreRefused) {
  Frame frame = frame_of("yuv420p", 100);
  EXPECT_THROW(mix_in(frame, frame_of("yuv444p", 100), 0.5), Error);
}

}  // namespace
}  // namespace reelface
