// SPDX-License-Identifier: Apache-2.0
#include "reelface/measure/sample_plane.h"

#include <gtest/gtest.h>

#include "reelface/core/error.h"

namespace reelface {
namespace {

Frame frame_of(const std::string& layout, int width, int height) {
  FrameFacts facts;
  facts.width = width;
  facts.height = height;
  facts.layout = pixel_layout(layout);
  return allocate_frame(facts);
}

TEST(ComponentPlane, EightBitOddSizes) {
  Frame frame = frame_of("yuv420p", 5, 3);
  const Plane chroma = frame.plane(1);
  chroma.data[chroma.stride + 2] = 200;
  const SamplePlane luma = component_plane(frame, 0), blue = component_plane(frame, 1);
  EXPECT_EQ(luma.width, 5);
  ASSERT_EQ(blue.width, 3);
  ASSERT_EQ(blue.height, 2);
  EXPECT_EQ(blue.samples[5], 200);
}

TEST(ComponentPlane, TenBit) {
  Frame frame = frame_of("yuv422p10le", 4, 2);
  const Plane chroma = frame.plane(2);
  chroma.data[chroma.stride + 2] = 0xFF;
  chroma.data[chroma.stride + 3] = 0x03;
  EXPECT_EQ(component_plane(frame, 2).samples[3], 1023);
}

TEST(ComponentPlane, InterleavedRgbAndNv12) {
  Frame rgb = frame_of("rgb24", 2, 1);
  rgb.plane(0).data[4] = 77;
  EXPECT_EQ(component_plane(rgb, 1).samples, (std::vector<float>{0, 77}));
  Frame nv12 = frame_of("nv12", 4, 2);
  nv12.plane(1).data[3] = 9;
  EXPECT_EQ(component_plane(nv12, 2).samples, (std::vector<float>{0, 9}));
}

TEST(ComponentPlane, RefusesWhatIsNotThere) {
  EXPECT_THROW(component_plane(frame_of("gray", 4, 4), 1), Error);
  EXPECT_THROW(component_plane(frame_of("gray", 4, 4), -1), Error);
}

TEST(LumaOf, WeighsTheChannels) {
  RgbImageF picture(1, 1);
  picture.samples = {1, 0, 0};
  EXPECT_FLOAT_EQ(luma_of(picture.view()).samples[0], 0.2126F);
  picture.samples = {0.5F, 0.5F, 0.5F};
  EXPECT_FLOAT_EQ(luma_of(picture.view()).samples[0], 0.5F);
}

TEST(Halve, AveragesAndDropsOddEnds) {
  SamplePlane plane(3, 3);
  plane.samples = {1, 3, 9, 5, 7, 9, 9, 9, 9};
  const SamplePlane half = halve(plane.view());
  EXPECT_EQ(half.width, 1);
  EXPECT_EQ(half.samples, std::vector<float>{4});
}

TEST(PeakOf, EveryDepth) {
  EXPECT_EQ(peak_of(8), 255);
  EXPECT_EQ(peak_of(10), 1023);
  EXPECT_EQ(peak_of(16), 65535);
}

}  // namespace
}  // namespace reelface
