// SPDX-License-Identifier: Apache-2.0
#include "media/encode/pixel_format_choice.h"

#include <gtest/gtest.h>

extern "C" {
#include <libavutil/pixdesc.h>
}

#include "media/libav/compat.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

struct Row {
  const char* encoder;
  AVPixelFormat source;
  AVPixelFormat chosen;
  bool lossless;
};

class PixelFormatTable : public ::testing::TestWithParam<Row> {};

TEST_P(PixelFormatTable, TakesTheNearest) {
  const Row& row = GetParam();
  const CodecHandle encoder = avcodec_find_encoder_by_name(row.encoder);
  if (!encoder) GTEST_SKIP() << "this libav has no " << row.encoder;
  const PixelFormatChoice choice = choose_pixel_format(row.source, encoder_pixel_formats(*encoder));
  EXPECT_EQ(choice.format, row.chosen) << av_get_pix_fmt_name(choice.format);
  EXPECT_EQ(choice.loss.empty(), row.lossless) << choice.loss;
  EXPECT_EQ(choice.changed, row.source != row.chosen);
}

INSTANTIATE_TEST_SUITE_P(Rows, PixelFormatTable,
                         ::testing::Values(Row{"libx264", AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV420P, true},
                                           Row{"libx264", AV_PIX_FMT_GRAY8, AV_PIX_FMT_GRAY8, true},
                                           Row{"libx264", AV_PIX_FMT_YUV422P10, AV_PIX_FMT_YUV422P10, true},
                                           Row{"libx264", AV_PIX_FMT_YUV420P12, AV_PIX_FMT_YUV420P10, false},
                                           Row{"libx264", AV_PIX_FMT_YUV411P, AV_PIX_FMT_YUV422P, true},
                                           Row{"libx264", AV_PIX_FMT_YUV410P, AV_PIX_FMT_YUV420P, true},
                                           Row{"libx264", AV_PIX_FMT_YUV440P, AV_PIX_FMT_YUV444P, true},
                                           Row{"libx264", AV_PIX_FMT_YUVA420P, AV_PIX_FMT_YUV420P, false},
                                           Row{"libx264", AV_PIX_FMT_GBRP, AV_PIX_FMT_YUV444P, false},
                                           Row{"libx264rgb", AV_PIX_FMT_GBRP, AV_PIX_FMT_BGR24, true},
                                           Row{"ffv1", AV_PIX_FMT_GBRP, AV_PIX_FMT_BGR0, true},
                                           Row{"ffv1", AV_PIX_FMT_GBRAP, AV_PIX_FMT_BGRA, true},
                                           Row{"ffv1", AV_PIX_FMT_NV12, AV_PIX_FMT_YUV420P, true},
                                           Row{"ffv1", AV_PIX_FMT_YUVA420P, AV_PIX_FMT_YUVA420P, true},
                                           Row{"ffv1", AV_PIX_FMT_GRAY16, AV_PIX_FMT_GRAY16, true},
                                           Row{"ffv1", AV_PIX_FMT_PAL8, AV_PIX_FMT_BGRA, true},
                                           Row{"prores_ks", AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV422P10, true},
                                           Row{"png", AV_PIX_FMT_YUV420P, AV_PIX_FMT_RGB24, false},
                                           Row{"png", AV_PIX_FMT_GBRP10, AV_PIX_FMT_RGB48BE, true},
                                           Row{"libsvtav1", AV_PIX_FMT_YUV444P, AV_PIX_FMT_YUV420P, false},
                                           Row{"rawvideo", AV_PIX_FMT_UYVY422, AV_PIX_FMT_UYVY422, true}));

TEST(ChoosePixelFormat, TheRangeInTheNameIsNotAFormat) {
  const CodecHandle encoder = avcodec_find_encoder_by_name("ffv1");
  const PixelFormatChoice choice = choose_pixel_format(AV_PIX_FMT_YUVJ420P, encoder_pixel_formats(*encoder));
  EXPECT_EQ(choice.format, AV_PIX_FMT_YUV420P);
  EXPECT_FALSE(choice.changed);
}

TEST(NamedPixelFormat, RefusesWhatTheEncoderDoesNotTake) {
  const CodecHandle encoder = avcodec_find_encoder_by_name("mpeg4");
  EXPECT_EQ(named_pixel_format("yuv420p", *encoder), AV_PIX_FMT_YUV420P);
  try {
    named_pixel_format("yuv444p", *encoder);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    EXPECT_NE(error.advice().find("yuv420p"), std::string::npos);
  }
  EXPECT_THROW(named_pixel_format("nonsense", *encoder), Error);
}

}  // namespace
}  // namespace reelface
