// SPDX-License-Identifier: Apache-2.0
#include "media/libav/log.h"

#include <gtest/gtest.h>

extern "C" {
#include <libavformat/avformat.h>
#include <libavutil/log.h>
}

#include "media/libav/ptr.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

TEST(LibavLogCapture, HearsItsOwnObjectOnly) {
  const InputFormatPtr mine(avformat_alloc_context());
  const InputFormatPtr other(avformat_alloc_context());
  const LibavLogCapture capture(mine.get());
  av_log(mine.get(), AV_LOG_ERROR, "stream 0, offset 0x%x: partial file\n", 16);
  av_log(other.get(), AV_LOG_ERROR, "File ended prematurely\n");
  av_log(mine.get(), AV_LOG_WARNING, "something harmless\n");
  av_log(nullptr, AV_LOG_ERROR, "of nobody\n");
  EXPECT_EQ(capture.damage_messages(), 1);
  EXPECT_EQ(capture.last_error(), "stream 0, offset 0x10: partial file");
}

TEST(LibavLogCapture, CountsEveryErrorOnceAskedTo) {
  const InputFormatPtr object(avformat_alloc_context());
  LibavLogCapture capture(object.get());
  av_log(object.get(), AV_LOG_ERROR, "an odd header\n");
  EXPECT_EQ(capture.damage_messages(), 0);
  capture.count_all_errors();
  av_log(object.get(), AV_LOG_ERROR, "0x00 at pos 7 invalid as first byte of an EBML number\n");
  av_log(object.get(), AV_LOG_WARNING, "a remark\n");
  EXPECT_EQ(capture.damage_messages(), 1);
}

TEST(LibavLogCapture, StopsHearingWhenItGoes) {
  const InputFormatPtr object(avformat_alloc_context());
  { const LibavLogCapture gone(object.get()); }
  av_log(object.get(), AV_LOG_ERROR, "File ended prematurely\n");
  const LibavLogCapture capture(object.get());
  EXPECT_EQ(capture.damage_messages(), 0);
}

TEST(LibavLogCapture, PassesLibavsWordsOnAsDebugTextMadeSafe) {
  std::string told;
  set_log_sink([&](LogLevel level, std::string_view text) {
    EXPECT_EQ(level, LogLevel::kDebug);
    told += text;
  });
  route_libav_log();
  av_log(nullptr, AV_LOG_ERROR, "evil \x1b[2J tag\n");
  av_log(nullptr, AV_LOG_INFO, "chatter\n");
  set_log_sink({});
  EXPECT_EQ(told, "libav : evil \\x1b[2J tag");
}

}  // namespace
}  // namespace reelface
