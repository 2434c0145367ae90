#include <gtest/gtest.h>

#include "reelface/core/error.h"
#include "reelface/image/frame.h"

namespace reelface {
namespace {

FrameFacts facts_of(const std::string& layout, int width, int height) {
  FrameFacts facts;
  facts.width = width;
  facts.height = height;
  facts.layout = pixel_layout(layout);
  return facts;
}

TEST(AllocateFrame, OddSizesRoundChromaUp) {
  const Frame frame = allocate_frame(facts_of("yuv420p", 35, 17));
  EXPECT_EQ(frame.plane(0).width, 35);
  EXPECT_EQ(frame.plane(1).width, 18);
  EXPECT_EQ(frame.plane(2).height, 9);
  EXPECT_GE(frame.plane(1).stride, 18);
}

TEST(AllocateFrame, SamplesAreZeroAndPlanesDoNotOverlap) {
  Frame frame = allocate_frame(facts_of("yuv422p10le", 5, 3));
  for (int plane = 0; plane < 3; ++plane) {
    const Plane samples = frame.plane(plane);
    for (int y = 0; y < samples.height; ++y) {
      auto* row = reinterpret_cast<std::uint16_t*>(samples.data + y * samples.stride);
      for (int x = 0; x < samples.width; ++x) {
        EXPECT_EQ(row[x], 0);
        row[x] = 1023;
      }
    }
  }
}

TEST(AllocateFrame, SharedSamplesAreCopiedBeforeTheyAreWritten) {
  Frame first = allocate_frame(facts_of("gray", 4, 4));
  Frame second = first.share();
  EXPECT_EQ(first.plane(0).data, second.plane(0).data);
  second.make_writable();
  second.plane(0).data[0] = 7;
  EXPECT_EQ(first.plane(0).data[0], 0);
  const std::uint8_t* alone = second.plane(0).data;
  second.make_writable();
  EXPECT_EQ(second.plane(0).data, alone) << "the only owner has no reason to copy";
}

TEST(AllocateFrame, RefusesSizesThatAreNone) {
  EXPECT_THROW(allocate_frame(facts_of("gray", 0, 4)), Error);
  EXPECT_THROW(allocate_frame(facts_of("gray", 4, -1)), Error);
  EXPECT_THROW(allocate_frame(facts_of("gray", 1 << 20, 1)), Error);
}

TEST(PixelLayout, KnowsEveryFamily) {
  const PixelLayout yuva = pixel_layout("yuva444p12le");
  EXPECT_EQ(yuva.component_count, 4);
  EXPECT_TRUE(yuva.has_alpha);
  EXPECT_EQ(yuva.bit_depth(), 12);
  EXPECT_EQ(yuva.components[3].step, 2);

  const PixelLayout gbr = pixel_layout("gbrp10le");
  EXPECT_EQ(gbr.family, ColourFamily::kRgb);
  EXPECT_EQ(gbr.components[0].plane, 2) << "red is libav's third plane";

  const PixelLayout p010 = pixel_layout("p010le");
  EXPECT_EQ(p010.components[0].shift, 6);
  EXPECT_EQ(p010.components[2].offset, 2);

  EXPECT_EQ(pixel_layout("nv21").components[1].offset, 1);
  EXPECT_EQ(pixel_layout("yuv410p").chroma_shift_y, 2);
  EXPECT_EQ(pixel_layout("argb").components[3].offset, 0);
  EXPECT_EQ(pixel_layout("bgr0").components[0].offset, 2);
  EXPECT_EQ(pixel_layout("rgb48le").components[0].step, 6);
  EXPECT_EQ(pixel_layout("rgba64le").components[3].offset, 6);
  EXPECT_EQ(pixel_layout("gray16le").bit_depth(), 16);
  EXPECT_EQ(pixel_layout("gray10").bit_depth(), 10);
  EXPECT_EQ(pixel_layout("uyvy422").components[0].offset, 1);
}

TEST(PixelLayout, RefusesWhatItDoesNotKnow) {
  for (const char* name : {"", "pal8", "yuv", "yuv420p7le", "yuv420p10be", "yuv421p", "rgb", "rgb4824", "grayf32le"}) {
    EXPECT_THROW(pixel_layout(name), Error) << name;
  }
}

}  // namespace
}  // namespace reelface
