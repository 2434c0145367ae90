// SPDX-License-Identifier: Apache-2.0
#include "media/libav/frame_storage.h"

#include <gtest/gtest.h>

#include <cstring>

#include "image/colour_conversion.h"
#include "media/libav/compat.h"
#include "media/libav/pixel_description.h"
#include "reelface/core/error.h"

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

namespace reelface {
namespace {

FramePtr picture(AVPixelFormat format, int width = 33, int height = 17) {
  FramePtr frame = new_frame();
  frame->format = format;
  frame->width = width;
  frame->height = height;
  EXPECT_GE(av_frame_get_buffer(frame.get(), 0), 0);
  return frame;
}

TEST(LibavFrameStorage, GivesThePlanesOfOddSizes) {
  const Frame frame = wrap_libav_frame(picture(AV_PIX_FMT_YUV420P), {1, 25});
  EXPECT_EQ(frame.plane(0).width, 33);
  EXPECT_EQ(frame.plane(0).height, 17);
  EXPECT_EQ(frame.plane(1).width, 17);
  EXPECT_EQ(frame.plane(2).height, 9);
  EXPECT_GE(frame.plane(0).stride, 33);
  EXPECT_EQ(frame.plane(3).data, nullptr);
}

TEST(LibavFrameStorage, EverySampleLiesInsideThePicture) {
  int editable = 0;
  for (const AVPixFmtDescriptor* found = av_pix_fmt_desc_next(nullptr); found; found = av_pix_fmt_desc_next(found)) {
    if ((found->flags & AV_PIX_FMT_FLAG_HWACCEL) != 0) continue;
    const AVPixelFormat format = av_pix_fmt_desc_get_id(found);
    FrameFacts facts;
    facts.layout = describe_pixel_format(format);
    if (!facts.layout.editable) continue;
    ++editable;
    for (facts.width = 1; facts.width < 10; ++facts.width) {
      for (int number = 0; number < facts.layout.component_count; ++number) {
        const ComponentLayout& component = facts.layout.components[static_cast<std::size_t>(number)];
        const int bytes = component.depth + component.shift > 8 ? 2 : 1;
        const int end = (component_width(facts, number) - 1) * component.step + component.offset + bytes;
        EXPECT_LE(end, av_image_get_linesize(facts.layout.name == found->name ? format : without_range_in_name(format),
                                             facts.width, component.plane))
            << found->name << ", component " << number << ", width " << facts.width;
      }
    }
  }
  EXPECT_GT(editable, 50);
  EXPECT_FALSE(describe_pixel_format(AV_PIX_FMT_UYYVYY411).editable);
  EXPECT_TRUE(describe_pixel_format(AV_PIX_FMT_YUYV422).editable);
  EXPECT_TRUE(describe_pixel_format(AV_PIX_FMT_NV12).editable);
}

TEST(LibavFrameStorage, AgreesWithFramesInOrdinaryMemory) {
  for (const char* name :
       {"gray",    "gray10le", "yuv420p", "yuv422p10le", "yuv444p12le",  "gbrp",   "gbrp10le", "nv12",
        "rgb24",   "bgra",     "rgb48le", "yuva420p",    "yuva444p10le", "p010le", "yuyv422",  "uyvy422",
        "yuv411p", "yuv410p",  "ya8",     "ya16le",      "gbrap",        "rgb0"}) {
    const PixelLayout expected = pixel_layout(name);
    const PixelLayout layout = describe_pixel_format(av_get_pix_fmt(name));
    EXPECT_EQ(layout.name, expected.name);
    EXPECT_TRUE(layout.editable) << name;
    EXPECT_EQ(layout.family, expected.family) << name;
    EXPECT_EQ(layout.plane_count, expected.plane_count) << name;
    EXPECT_EQ(layout.component_count, expected.component_count) << name;
    EXPECT_EQ(layout.has_alpha, expected.has_alpha) << name;
    EXPECT_EQ(layout.chroma_shift_x, expected.chroma_shift_x) << name;
    EXPECT_EQ(layout.chroma_shift_y, expected.chroma_shift_y) << name;
    for (int index = 0; index < expected.component_count; ++index) {
      const auto number = static_cast<std::size_t>(index);
      EXPECT_EQ(layout.components[number].plane, expected.components[number].plane) << name << index;
      EXPECT_EQ(layout.components[number].step, expected.components[number].step) << name << index;
      EXPECT_EQ(layout.components[number].offset, expected.components[number].offset) << name << index;
      EXPECT_EQ(layout.components[number].shift, expected.components[number].shift) << name << index;
      EXPECT_EQ(layout.components[number].depth, expected.components[number].depth) << name << index;
    }
  }
}

TEST(LibavFrameStorage, CarriesButDoesNotEditUnusualFormats) {
  for (const char* name : {"pal8", "monow", "gray10be", "yuv420p10be", "gbrpf32le", "rgb565le", "rgb8", "xyz12le"}) {
    EXPECT_FALSE(describe_pixel_format(av_get_pix_fmt(name)).editable) << name;
  }
}

TEST(LibavFrameStorage, TakesTheRangeOutOfTheFormatsName) {
  const Frame frame = wrap_libav_frame(picture(AV_PIX_FMT_YUVJ422P), {1, 25});
  EXPECT_EQ(frame.facts().layout.name, "yuv422p");
  EXPECT_EQ(frame.facts().colour.range, ColourRange::kFull);
  EXPECT_EQ(libav_frame(frame)->format, AV_PIX_FMT_YUV422P);
  EXPECT_EQ(libav_frame(frame)->color_range, AVCOL_RANGE_JPEG);
}

TEST(LibavFrameStorage, RefusesHardwareFrames) {
  EXPECT_THROW(describe_pixel_format(AV_PIX_FMT_CUDA), Error);
  EXPECT_THROW(describe_pixel_format(AV_PIX_FMT_NONE), Error);
}

TEST(LibavFrameStorage, CopiesOnlySharedSamples) {
  Frame first = wrap_libav_frame(picture(AV_PIX_FMT_GRAY8), {1, 25});
  std::uint8_t* const samples = first.plane(0).data;
  first.make_writable();
  EXPECT_EQ(first.plane(0).data, samples) << "a sole owner writes in place";
  samples[0] = 7;
  Frame second = first.share();
  EXPECT_EQ(second.plane(0).data, samples);
  second.make_writable();
  EXPECT_NE(second.plane(0).data, samples);
  second.plane(0).data[0] = 9;
  EXPECT_EQ(first.plane(0).data[0], 7);
}

std::string captions_of(const Frame& frame) {
  const AVFrameSideData* const data = av_frame_get_side_data(libav_frame(frame), AV_FRAME_DATA_A53_CC);
  return data ? std::string(data->data, data->data + data->size) : std::string();
}

Frame picture_with_captions(const std::string& captions, std::int64_t pts, std::uint8_t level) {
  FramePtr source = picture(AV_PIX_FMT_GRAY8);
  AVFrameSideData* const data = av_frame_new_side_data(source.get(), AV_FRAME_DATA_A53_CC, captions.size());
  std::memcpy(data->data, captions.data(), captions.size());
  source->pts = pts;
  source->data[0][0] = level;
  return wrap_libav_frame(std::move(source), {1, 25});
}

TEST(LibavFrameStorage, ShowingAnotherFrameKeepsTimeAndCaptions) {
  const Frame first = picture_with_captions("first", 1, 7), second = picture_with_captions("second", 2, 9);
  const Frame shown = second.showing(first);
  EXPECT_EQ(shown.plane(0).data, first.plane(0).data);
  EXPECT_EQ(shown.facts().pts, 2);
  EXPECT_EQ(captions_of(shown), "second");
  EXPECT_EQ(captions_of(first), "first");
  // Of another size as well, and in ordinary memory.
  const Frame small = wrap_libav_frame(picture(AV_PIX_FMT_YUV420P, 8, 6), {1, 25});
  const Frame shown_small = second.showing(small);
  EXPECT_EQ(shown_small.facts().width, 8);
  EXPECT_EQ(shown_small.plane(1).width, 4);
  EXPECT_EQ(captions_of(shown_small), "second");
  const Frame drawn = allocate_frame(first.facts());
  EXPECT_EQ(second.showing(drawn).plane(0).data, drawn.plane(0).data);
  EXPECT_EQ(second.showing(drawn).facts().pts, 2);
}

TEST(LibavFrameStorage, ReadsTheFacts) {
  FramePtr source = picture(AV_PIX_FMT_YUV420P);
  source->pts = 1234;
  set_frame_duration(*source, 40);
  set_field_order(*source, true, true);
  source->decode_error_flags = FF_DECODE_ERROR_MISSING_REFERENCE;
  source->sample_aspect_ratio = {64, 45};
  source->colorspace = AVCOL_SPC_BT709;
  source->color_trc = AVCOL_TRC_SMPTE2084;
  source->chroma_location = AVCHROMA_LOC_TOPLEFT;
  DisplayOrientation turned;
  turned.quarter_turns_clockwise = 3;
  const Frame frame = wrap_libav_frame(std::move(source), {1, 1000}, turned);
  const FrameFacts& facts = frame.facts();
  EXPECT_EQ(facts.pts, 1234);
  EXPECT_EQ(facts.duration, 40);
  EXPECT_TRUE(facts.time_base == (Rational{1, 1000}));
  EXPECT_TRUE(facts.interlaced);
  EXPECT_TRUE(facts.top_field_first);
  EXPECT_TRUE(facts.damaged);
  EXPECT_TRUE(facts.sample_aspect_ratio == (Rational{64, 45}));
  EXPECT_EQ(facts.colour.matrix, ColourMatrix::kBt709);
  EXPECT_EQ(facts.colour.transfer, ColourTransfer::kPq);
  EXPECT_EQ(facts.colour.chroma_location, ChromaLocation::kTopLeft);
  EXPECT_EQ(facts.orientation.quarter_turns_clockwise, 3);
}

TEST(LibavFrameStorage, AFramesOwnMatrixWins) {
  FramePtr source = picture(AV_PIX_FMT_GRAY8);
  AVFrameSideData* data = av_frame_new_side_data(source.get(), AV_FRAME_DATA_DISPLAYMATRIX, 36);
  ASSERT_NE(data, nullptr);
  const std::int32_t half_turn[9] = {-65536, 0, 0, 0, -65536, 0, 0, 0, 1 << 30};
  std::copy_n(reinterpret_cast<const std::uint8_t*>(half_turn), 36, data->data);
  DisplayOrientation quarter;
  quarter.quarter_turns_clockwise = 1;
  const Frame frame = wrap_libav_frame(std::move(source), {1, 25}, quarter);
  EXPECT_EQ(frame.facts().orientation.quarter_turns_clockwise, 2);
}

TEST(LibavFrameStorage, OrdinaryMemoryIsNotLibavs) {
  FrameFacts facts;
  facts.width = 4;
  facts.height = 4;
  facts.layout = pixel_layout("gray");
  EXPECT_EQ(libav_frame(allocate_frame(facts)), nullptr);
}

TEST(LibavFrameStorage, ColoursThatNoStandardKnowsAreUnspecified) {
  const FramePtr frame = picture(AV_PIX_FMT_YUV420P);
  frame->colorspace = AVCOL_SPC_BT709;
  const int unknown = 17;  // as a damaged file had it
  std::memcpy(&frame->chroma_location, &unknown, sizeof(unknown));
  const int negative = -3;
  std::memcpy(&frame->color_trc, &negative, sizeof(negative));
  drop_unknown_colours(*frame);
  EXPECT_EQ(frame->chroma_location, AVCHROMA_LOC_UNSPECIFIED);
  EXPECT_EQ(frame->color_trc, AVCOL_TRC_UNSPECIFIED);
  EXPECT_EQ(frame->colorspace, AVCOL_SPC_BT709);
}

}  // namespace
}  // namespace reelface
