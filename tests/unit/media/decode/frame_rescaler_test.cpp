// SPDX-License-Identifier: Apache-2.0
#include "media/decode/frame_rescaler.h"

#include <gtest/gtest.h>

#include <cstring>

#include "media/libav/frame_storage.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

FramePtr plain_picture(AVPixelFormat format, int width, int height, int luma) {
  FramePtr frame = new_frame();
  frame->format = format;
  frame->width = width;
  frame->height = height;
  EXPECT_GE(av_frame_get_buffer(frame.get(), 0), 0);
  for (int plane = 0; plane < 3 && frame->data[plane]; ++plane) {
    const int rows = plane == 0 ? height : (height + 1) / 2;
    std::memset(frame->data[plane], plane == 0 ? luma : 128,
                static_cast<std::size_t>(frame->linesize[plane]) * static_cast<std::size_t>(rows));
  }
  return frame;
}

TEST(FrameRescaler, PassesFramesThatFit) {
  FrameRescaler rescaler;
  for (int index = 0; index < 3; ++index) {
    FramePtr frame = plain_picture(AV_PIX_FMT_YUV420P, 33, 17, 80);
    const AVFrame* same = frame.get();
    EXPECT_EQ(rescaler.fit(std::move(frame)).get(), same);
  }
  EXPECT_EQ(rescaler.rescaled(), 0);
}

TEST(FrameRescaler, BringsOtherSizesToTheFirst) {
  FrameRescaler rescaler;
  FramePtr first = plain_picture(AV_PIX_FMT_YUV420P, 33, 17, 80);
  first->sample_aspect_ratio = {4, 3};
  rescaler.fit(std::move(first));
  for (const int size : {2, 2, 3, 1}) {
    FramePtr frame = plain_picture(AV_PIX_FMT_YUV420P, 66 * size, 34 * size, 90);
    frame->sample_aspect_ratio = {4, 3};
    frame->pts = 77;
    const FramePtr fitted = rescaler.fit(std::move(frame));
    EXPECT_EQ(fitted->width, 33);
    EXPECT_EQ(fitted->height, 17);
    EXPECT_EQ(fitted->pts, 77);
    EXPECT_EQ(fitted->sample_aspect_ratio.num, 4);
    for (int row = 0; row < 17; ++row) {
      for (int column = 0; column < 33; ++column) EXPECT_EQ(fitted->data[0][row * fitted->linesize[0] + column], 90);
    }
  }
  EXPECT_EQ(rescaler.rescaled(), 4);
  EXPECT_EQ(rescaler.boxed(), 0);
}

/// Whether the first plane holds `inside` within the rectangle and `outside` around it.
void expect_box(const AVFrame& frame, int x, int y, int width, int height, int inside, int outside) {
  for (int row = 0; row < frame.height; ++row) {
    for (int column = 0; column < frame.width; ++column) {
      const bool is_inside = column >= x && column < x + width && row >= y && row < y + height;
      ASSERT_EQ(frame.data[0][row * frame.linesize[0] + column], is_inside ? inside : outside)
          << column << "," << row << " of " << frame.width << "x" << frame.height;
    }
  }
}

TEST(FrameRescaler, PutsOtherShapesBetweenBlackBars) {
  FrameRescaler rescaler;
  rescaler.fit(plain_picture(AV_PIX_FMT_YUV420P, 320, 240, 80));
  const FramePtr upright = rescaler.fit(plain_picture(AV_PIX_FMT_YUV420P, 240, 320, 90));
  expect_box(*upright, 70, 0, 180, 240, 90, 16);
  const FramePtr wide = rescaler.fit(plain_picture(AV_PIX_FMT_YUV420P, 640, 360, 90));
  expect_box(*wide, 0, 30, 320, 180, 90, 16);
  for (int row = 0; row < 120; ++row) {
    for (int column = 0; column < 160; ++column) ASSERT_EQ(wide->data[1][row * wide->linesize[1] + column], 128);
  }
  rescaler.fit(plain_picture(AV_PIX_FMT_YUV420P, 640, 480, 90));
  EXPECT_EQ(rescaler.rescaled(), 3);
  EXPECT_EQ(rescaler.boxed(), 2);
}

TEST(FrameRescaler, ASettledSizeIsEveryFrames) {
  FrameRescaler rescaler({}, Canvas{320, 240, {1, 1}, {}});
  const FramePtr small = rescaler.fit(plain_picture(AV_PIX_FMT_YUV420P, 160, 120, 80));
  expect_box(*small, 0, 0, 320, 240, 80, 16);
  const FramePtr upright = rescaler.fit(plain_picture(AV_PIX_FMT_YUV420P, 240, 320, 90));
  expect_box(*upright, 70, 0, 180, 240, 90, 16);
  EXPECT_EQ(upright->sample_aspect_ratio.num, 1);
  FramePtr whole = plain_picture(AV_PIX_FMT_YUV420P, 320, 240, 100);
  const AVFrame* same = whole.get();
  EXPECT_EQ(rescaler.fit(std::move(whole)).get(), same);
  EXPECT_EQ(rescaler.rescaled(), 2);
  EXPECT_EQ(rescaler.reformatted(), 0);
}

TEST(FrameRescaler, SaysWhereThePictureStandsAndHowItWasStored) {
  FrameRescaler rescaler({}, Canvas{320, 240, {1, 1}, {}});
  const Frame upright = wrap_libav_frame(rescaler.fit(plain_picture(AV_PIX_FMT_YUV420P, 240, 320, 90)), {1, 25});
  ASSERT_TRUE(upright.facts().fitted.has_value());
  EXPECT_EQ(picture_area(upright.facts()), (PictureArea{70, 0, 180, 240}));
  EXPECT_EQ(upright.facts().fitted->stored_width, 240);
  EXPECT_EQ(libav_frame(upright)->opaque_ref, nullptr) << "no note is left for others to find";
  const Frame whole = wrap_libav_frame(rescaler.fit(plain_picture(AV_PIX_FMT_YUV420P, 320, 240, 90)), {1, 25});
  EXPECT_FALSE(whole.facts().fitted.has_value());
  EXPECT_EQ(stored_picture(whole.facts()), (FittedPicture{{0, 0, 320, 240}, 320, 240, 0}));
}

TEST(FrameRescaler, BarsStandOnWholeChromaSamples) {
  for (const AVPixelFormat format : {AV_PIX_FMT_YUV420P, AV_PIX_FMT_NV12}) {
    FrameRescaler rescaler;
    rescaler.fit(plain_picture(format, 64, 64, 80));
    FramePtr red = plain_picture(format, 34, 64, 90);
    std::memset(red->data[1], 200, static_cast<std::size_t>(red->linesize[1]) * 32);
    if (red->data[2]) std::memset(red->data[2], 200, static_cast<std::size_t>(red->linesize[2]) * 32);
    const FramePtr fitted = rescaler.fit(std::move(red));
    expect_box(*fitted, 14, 0, 34, 64, 90, 16);
    const int samples = format == AV_PIX_FMT_NV12 ? 2 : 1;  // in a row beside each other
    for (int column = 0; column < 32 * samples; ++column) {
      const bool is_inside = column / samples >= 7 && column / samples < 24;
      EXPECT_EQ(fitted->data[1][10 * fitted->linesize[1] + column], is_inside ? 200 : 128) << column;
    }
  }
}

TEST(FrameRescaler, BarsAreBlackInTheFramesOwnRangeAndFormat) {
  FrameRescaler full;
  FramePtr first = plain_picture(AV_PIX_FMT_YUV420P, 64, 64, 80);
  first->color_range = AVCOL_RANGE_JPEG;
  full.fit(std::move(first));
  FramePtr tall = plain_picture(AV_PIX_FMT_YUV420P, 32, 64, 90);
  tall->color_range = AVCOL_RANGE_JPEG;
  expect_box(*full.fit(std::move(tall)), 16, 0, 32, 64, 90, 0);

  FrameRescaler deep;
  deep.fit(plain_picture(AV_PIX_FMT_YUV420P10LE, 64, 64, 1));
  const FramePtr fitted = deep.fit(plain_picture(AV_PIX_FMT_YUV420P, 32, 64, 90));
  const auto* row = reinterpret_cast<const std::uint16_t*>(fitted->data[0]);
  EXPECT_EQ(row[0], 64);
  EXPECT_EQ(row[32], 360);

  FrameRescaler rgb;
  rgb.fit(plain_picture(AV_PIX_FMT_RGB24, 64, 64, 80));
  const FramePtr coloured = rgb.fit(plain_picture(AV_PIX_FMT_RGB24, 64, 32, 90));
  EXPECT_EQ(coloured->data[0][0], 0);
  EXPECT_EQ(coloured->data[0][32 * coloured->linesize[0] + 96], 90);
}

TEST(FrameRescaler, TheSameSamplesMayBeAnotherShape) {
  FrameRescaler rescaler;
  FramePtr narrow = plain_picture(AV_PIX_FMT_YUV420P, 720, 576, 80);
  narrow->sample_aspect_ratio = {16, 15};
  rescaler.fit(std::move(narrow));
  FramePtr wide = plain_picture(AV_PIX_FMT_YUV420P, 720, 576, 90);
  wide->sample_aspect_ratio = {64, 45};
  const FramePtr fitted = rescaler.fit(std::move(wide));
  expect_box(*fitted, 0, 72, 720, 432, 90, 16);
  EXPECT_EQ(fitted->sample_aspect_ratio.num, 16);
  EXPECT_EQ(rescaler.boxed(), 1);
}

TEST(FrameRescaler, SizesThatDifferByRoundingAreOneShape) {
  FrameRescaler rescaler;
  rescaler.fit(plain_picture(AV_PIX_FMT_YUV420P, 1920, 1080, 80));
  const FramePtr fitted = rescaler.fit(plain_picture(AV_PIX_FMT_YUV420P, 1280, 724, 90));
  expect_box(*fitted, 0, 0, 1920, 1080, 90, 16);
  EXPECT_EQ(rescaler.boxed(), 0);
}

TEST(FrameRescaler, GrowsToTheSizeThatTheContainerAnnounces) {
  FrameRescaler rescaler({640, 480});
  EXPECT_EQ(rescaler.fit(plain_picture(AV_PIX_FMT_YUV420P, 320, 240, 80))->width, 640);
  FramePtr large = plain_picture(AV_PIX_FMT_YUV420P, 640, 480, 90);
  const AVFrame* same = large.get();
  EXPECT_EQ(rescaler.fit(std::move(large)).get(), same) << "nothing of it is lost";
  EXPECT_EQ(rescaler.rescaled(), 1);

  for (const PictureSize untrue : {PictureSize{320, 256}, PictureSize{640, 640}, PictureSize{160, 120}}) {
    FrameRescaler unmoved(untrue);
    EXPECT_EQ(unmoved.fit(plain_picture(AV_PIX_FMT_YUV420P, 320, 240, 80))->width, 320) << untrue.width;
  }
}

TEST(FrameRescaler, BringsOtherFormatsAndRangesToTheFirst) {
  FrameRescaler rescaler;
  FramePtr first = plain_picture(AV_PIX_FMT_YUV420P, 32, 32, 80);
  first->color_range = AVCOL_RANGE_MPEG;
  rescaler.fit(std::move(first));
  FramePtr other = plain_picture(AV_PIX_FMT_NV12, 32, 32, 255);
  other->color_range = AVCOL_RANGE_JPEG;
  const FramePtr fitted = rescaler.fit(std::move(other));
  EXPECT_EQ(fitted->format, AV_PIX_FMT_YUV420P);
  EXPECT_EQ(fitted->color_range, AVCOL_RANGE_MPEG);
  EXPECT_NEAR(fitted->data[0][3 * fitted->linesize[0] + 4], 235, 1) << "white stays white";
  EXPECT_NEAR(fitted->data[1][5], 128, 1);
}

TEST(FrameRescaler, AChangeOfRangeAloneIsAChange) {
  FrameRescaler rescaler;
  FramePtr first = plain_picture(AV_PIX_FMT_YUV420P, 32, 32, 255);
  first->color_range = AVCOL_RANGE_JPEG;
  rescaler.fit(std::move(first));
  const FramePtr fitted = rescaler.fit(plain_picture(AV_PIX_FMT_YUV420P, 32, 32, 16));
  EXPECT_NEAR(fitted->data[0][3 * fitted->linesize[0] + 4], 0, 1) << "black stays black";
  EXPECT_EQ(fitted->color_range, AVCOL_RANGE_JPEG);
}

TEST(FrameRescaler, SaysWhatCannotBeFitted) {
  FrameRescaler rescaler;
  rescaler.fit(plain_picture(AV_PIX_FMT_YUV420P, 32, 32, 80));
  FramePtr other = new_frame();
  other->format = AV_PIX_FMT_CUDA;
  other->width = 32;
  other->height = 32;
  EXPECT_THROW(rescaler.fit(std::move(other)), Error);
}

}  // namespace
}  // namespace reelface
