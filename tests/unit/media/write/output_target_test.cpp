// SPDX-License-Identifier: Apache-2.0
#include "media/write/output_target.h"

#include <gtest/gtest.h>

#include <string>

#include "reelface/core/error.h"

namespace reelface {
namespace {

using Kind = OutputTarget::Kind;

TEST(ParseOutput, TakesTheContainerFromTheEnding) {
  EXPECT_STREQ(parse_output("out.mkv", "").format->name, "matroska");
  EXPECT_STREQ(parse_output("a b/OUT.MP4", "").format->name, "mp4");
  EXPECT_STREQ(parse_output("out.mov", "").format->name, "mov");
  EXPECT_STREQ(parse_output("out.webm", "").format->name, "webm");
  EXPECT_STREQ(parse_output("out.avi", "").format->name, "avi");
  EXPECT_STREQ(parse_output("out.ts", "").format->name, "mpegts");
  EXPECT_STREQ(parse_output("odd:name.mkv", "").format->name, "matroska");
  EXPECT_STREQ(parse_output("100%.mkv", "").format->name, "matroska");
  EXPECT_STREQ(parse_output("out.bin", "mp4").format->name, "mp4");
}

TEST(ParseOutput, KnowsPicturesAndPipes) {
  EXPECT_EQ(parse_output("-", "").kind, Kind::kStream);
  EXPECT_STREQ(parse_output("-", "").format->name, "matroska");
  EXPECT_STREQ(parse_output("-", "mpegts").format->name, "mpegts");
  EXPECT_EQ(parse_output("/dev/null", "").kind, Kind::kStream);
  EXPECT_EQ(parse_output("photo.JPG", "").kind, Kind::kSinglePicture);
  EXPECT_EQ(parse_output("photo.JPG", "").picture_codec, AV_CODEC_ID_MJPEG);
  EXPECT_EQ(parse_output("shot_%04d.png", "").kind, Kind::kPictures);
  EXPECT_EQ(parse_output("100%.png", "").kind, Kind::kSinglePicture);
  EXPECT_EQ(parse_output("folder/", "").kind, Kind::kPictures);
}

TEST(ParseOutput, RefusesWhatNamesNoContainer) {
  for (const char* name : {"", "noending", "out.txt", "out.mp3", "out.m3u8"}) {
    try {
      parse_output(name, "");
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
      EXPECT_FALSE(error.advice().empty());
    }
  }
  EXPECT_THROW(parse_output("out.mkv", "nonsense"), Error);
  EXPECT_THROW(parse_output("out.mkv", "image2"), Error);
}

TEST(PicturePath, NumbersLikePrintf) {
  EXPECT_EQ(picture_path(parse_output("shot_%04d.png", ""), 7), "shot_0007.png");
  EXPECT_EQ(picture_path(parse_output("%d.png", ""), 12345), "12345.png");
  EXPECT_EQ(picture_path(parse_output("%3d.png", ""), 7), "  7.png");
  EXPECT_EQ(picture_path(parse_output("folder/", ""), 1), "folder/000001.png");
  EXPECT_EQ(picture_path(parse_output("50%/", ""), 2), "50%/000002.png");
  EXPECT_EQ(picture_path(parse_output("a%b/x%%_%02d.png", ""), 3), "a%b/x%_03.png");
  EXPECT_EQ(picture_path(parse_output("photo.png", ""), 1), "photo.png");
}

}  // namespace
}  // namespace reelface
