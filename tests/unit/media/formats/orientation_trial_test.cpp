// SPDX-License-Identifier: Apache-2.0
#include "media/formats/orientation_trial.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

bool keeps(const char* format, AVCodecID codec) {
  const AVOutputFormat* found = av_guess_format(format, nullptr, nullptr);
  return found && keeps_orientation(*found, codec);
}

TEST(OrientationTrial, QuickTimeKeepsIt) {
  EXPECT_TRUE(keeps("mov", AV_CODEC_ID_MJPEG));
  EXPECT_TRUE(keeps("mp4", AV_CODEC_ID_MPEG4));
}

TEST(OrientationTrial, OthersLoseIt) {
  EXPECT_FALSE(keeps("avi", AV_CODEC_ID_MJPEG));
  EXPECT_FALSE(keeps("mpegts", AV_CODEC_ID_MPEG2VIDEO));
}

TEST(OrientationTrial, WhatAMuxerRefusesIsNotKept) {
  EXPECT_FALSE(keeps("mov", AV_CODEC_ID_NONE));
}

}  // namespace
}  // namespace reelface
