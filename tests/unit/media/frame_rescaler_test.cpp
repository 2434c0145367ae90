#include "media/frame_rescaler.h"

#include <gtest/gtest.h>

#include <cstring>

#include "media/libav_frame_storage.h"
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
  for (const int width : {64, 64, 20, 33}) {
    FramePtr frame = plain_picture(AV_PIX_FMT_YUV420P, width, 48, 90);
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
  EXPECT_NEAR(fitted->data[0][100], 235, 1) << "white stays white";
  EXPECT_NEAR(fitted->data[1][5], 128, 1);
}

TEST(FrameRescaler, AChangeOfRangeAloneIsAChange) {
  FrameRescaler rescaler;
  FramePtr first = plain_picture(AV_PIX_FMT_YUV420P, 32, 32, 255);
  first->color_range = AVCOL_RANGE_JPEG;
  rescaler.fit(std::move(first));
  const FramePtr fitted = rescaler.fit(plain_picture(AV_PIX_FMT_YUV420P, 32, 32, 16));
  EXPECT_NEAR(fitted->data[0][100], 0, 1) << "black stays black";
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
