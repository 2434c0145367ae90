// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "image/crop.h"
#include "image/small_copy.h"
#include "reelface/core/error.h"
#include "reelface/image/frame.h"
#include "reelface/image/paste.h"
#include "support/frames.h"

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

/// Rows from the bottom up, as libav's vflip and some decoders give them.
class FlippedStorage final : public FrameStorage {
 public:
  explicit FlippedStorage(Frame frame) : frame_(std::make_shared<Frame>(std::move(frame))) {}
  Plane plane(int index) const override {
    Plane plane = frame_->plane(index);
    plane.data += (plane.height - 1) * plane.stride;
    plane.stride = -plane.stride;
    return plane;
  }
  void make_writable() override {}
  std::unique_ptr<FrameStorage> share() const override { return std::make_unique<FlippedStorage>(*this); }

 private:
  std::shared_ptr<Frame> frame_;
};

TEST(Frame, RowsMayRunUpwards) {
  for (const char* layout : {"yuv420p", "rgb24", "p010le"}) {
    const FrameFacts facts = testing::frame_facts(layout, 40, 30);
    const Frame upright = testing::noise_frame(facts);
    const Frame copy = testing::frame_of_codes(facts, [&](int component, int x, int y) {
      return testing::code_at(upright, component, x, component_height(facts, component) - 1 - y);
    });
    Frame flipped(facts, std::make_unique<FlippedStorage>(copy.share()));
    ASSERT_EQ(testing::all_codes(flipped), testing::all_codes(upright));
    EXPECT_EQ(make_small_copy(flipped, 20).picture.samples, make_small_copy(upright, 20).picture.samples);
    const RgbImageF crop = extract_crop(flipped, Affine{}, 32);
    EXPECT_EQ(crop.samples, extract_crop(upright, Affine{}, 32).samples);
    RgbImageF restored = crop;
    for (float& sample : restored.samples) sample += 0.1F;
    Frame expected = upright.share();
    paste(expected, Affine{}, {crop.view(), restored.view(), MaskImage(32, 32, 1)}, {});
    paste(flipped, Affine{}, {crop.view(), restored.view(), MaskImage(32, 32, 1)}, {});
    EXPECT_EQ(testing::all_codes(flipped), testing::all_codes(expected));
  }
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
