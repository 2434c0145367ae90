// SPDX-License-Identifier: Apache-2.0
// Pictures as they are stored: formats, sizes, colour, fields, turning, transparency.
#include <gtest/gtest.h>

#include <cstring>

#include "support/place_in_rows.h"
#include "unit/media/media_fixture.h"

namespace reelface {
namespace {

using testing::file_bytes;
using testing::place_in_rows;
using testing::read_all;
using testing::ReadResult;
using testing::run_ffmpeg;

using VideoReaderPicture = testing::MediaTest;

/// Gray samples of the frame's first plane as a viewer sees them.
std::vector<std::uint8_t> as_shown(const Frame& frame) {
  const Plane plane = frame.plane(0);
  int width = plane.width;
  int height = plane.height;
  std::vector<std::uint8_t> picture;
  for (int row = 0; row < height; ++row) {
    for (int column = 0; column < width; ++column) {
      const int from = frame.facts().orientation.mirrored ? width - 1 - column : column;
      picture.push_back(plane.data[row * plane.stride + from]);
    }
  }
  for (int turn = 0; turn < frame.facts().orientation.quarter_turns_clockwise; ++turn) {
    std::vector<std::uint8_t> turned(picture.size());
    for (int row = 0; row < height; ++row) {
      for (int column = 0; column < width; ++column) {
        turned[place_in_rows(height - 1 - row, column, height)] = picture[place_in_rows(column, row, width)];
      }
    }
    picture = turned;
    std::swap(width, height);
  }
  return picture;
}

TEST_F(VideoReaderPicture, TurnsLikeThePlayerDoes) {
  encode("testsrc2=s=64x48:r=25:d=0.04,format=gray", "-c:v mpeg4 -q:v 2", "plain.mp4");
  const std::string plain = file_bytes(file("plain.mp4"));
  const std::size_t header = plain.find("tkhd");
  ASSERT_NE(header, std::string::npos);
  const std::int32_t one = 65536;
  const std::int32_t turns[8][4] = {{one, 0, 0, one},  {0, one, -one, 0}, {-one, 0, 0, -one}, {0, -one, one, 0},
                                    {-one, 0, 0, one}, {one, 0, 0, -one}, {0, one, one, 0},   {0, -one, -one, 0}};
  for (const auto& turn : turns) {
    std::string bytes = plain;
    const std::size_t matrix = header + 4 + 40;  // version 0: the matrix follows 40 bytes of fields
    const std::size_t places[4] = {0, 1, 3, 4};
    for (int index = 0; index < 4; ++index) {
      const auto value = static_cast<std::uint32_t>(turn[index]);
      for (std::size_t byte = 0; byte < 4; ++byte) {
        bytes[matrix + 4 * places[index] + byte] = static_cast<char>(value >> (24 - 8 * byte));
      }
    }
    testing::write_file(file("turned.mp4"), bytes);
    VideoReader reader(file("turned.mp4"));
    const std::optional<MediaUnit> unit = reader.next();
    ASSERT_TRUE(unit && unit->frame);
    EXPECT_EQ(unit->frame->facts().width, 64) << "frames come as they are stored";
    run_ffmpeg("-i " + file("turned.mp4") + " -f rawvideo -pix_fmt yuv420p " + file("shown.yuv"));
    const std::string shown = file_bytes(file("shown.yuv")).substr(0, std::size_t{64} * 48);
    const std::vector<std::uint8_t> ours = as_shown(*unit->frame);
    EXPECT_EQ(std::memcmp(shown.data(), ours.data(), ours.size()), 0)
        << turn[0] << " " << turn[1] << " " << turn[2] << " " << turn[3];
    EXPECT_EQ(reader.info().video.orientation.quarter_turns_clockwise,
              unit->frame->facts().orientation.quarter_turns_clockwise);
    EXPECT_EQ(reader.info().video.orientation.mirrored, unit->frame->facts().orientation.mirrored);
  }
}

TEST_F(VideoReaderPicture, KeepsTheShapeOfPixels) {
  const ReadResult result = read_all(encode("testsrc2=s=72x58:r=25:d=0.2,setsar=64/45", "-c:v libx264", "sar.mp4"));
  EXPECT_TRUE(result.frames.at(0).sample_aspect_ratio == (Rational{64, 45}));
  EXPECT_TRUE(result.info.video.sample_aspect_ratio == (Rational{64, 45}));
}

TEST_F(VideoReaderPicture, GivesEveryPixelFormatAsItIs) {
  struct Case {
    const char* encoder;
    const char* format;
    const char* read_as;
  };
  const Case cases[] = {
      {"libx264", "yuv420p", "yuv420p"},
      {"libx264", "yuv422p", "yuv422p"},
      {"libx264", "yuv444p10le", "yuv444p10le"},
      {"libx264", "yuv422p10le", "yuv422p10le"},
      {"libx264rgb", "rgb24", "gbrp"},
      {"ffv1", "yuva420p", "yuva420p"},
      {"ffv1", "yuva444p10le", "yuva444p10le"},
      {"ffv1", "gbrp10le", "gbrp10le"},
      {"ffv1", "gray16le", "gray16le"},
      {"ffv1", "gray", "gray"},
      {"ffv1", "yuv411p", "yuv411p"},
      {"ffv1", "yuv410p", "yuv410p"},
      {"ffv1", "gbrp12le", "gbrp12le"},
      {"ffv1", "bgra", "bgra"},
      {"rawvideo", "uyvy422", "uyvy422"},
      {"rawvideo", "yuyv422", "yuyv422"},
      {"mjpeg", "yuvj420p", "yuv420p"},
      {"rawvideo", "nv12", "nv12"},
  };
  const auto name_of = [&](const Case& one) {
    const std::string ending = std::string(one.encoder) == "rawvideo" ? ".nut" : ".mkv";
    return file(std::string(one.encoder) + "_" + one.format + ending);
  };
  std::string arguments = "-f lavfi -i testsrc2=s=66x46:d=0.08";
  for (const Case& one : cases) {
    arguments += std::string(" -c:v ") + one.encoder + " -strict -2 -pix_fmt " + one.format + " " + name_of(one);
  }
  run_ffmpeg(arguments);
  for (const Case& one : cases) {
    const std::string name = name_of(one);
    const ReadResult result = read_all(name);
    ASSERT_EQ(result.frames.size(), 2u) << name;
    EXPECT_EQ(result.frames[0].layout.name, one.read_as) << name;
    EXPECT_TRUE(result.frames[0].layout.editable) << name;
    EXPECT_EQ(result.info.video.layout.name, one.read_as);
    const bool is_full = std::string(one.format) == "yuvj420p";
    EXPECT_TRUE(!is_full || result.frames[0].colour.range == ColourRange::kFull);
  }
}

TEST_F(VideoReaderPicture, SamplesAreTheDecodersOwn) {
  const std::string name = encode("testsrc2=s=98x70:r=25:d=0.4", "-c:v libx264 -bf 2 -pix_fmt yuv420p", "clip.mkv");
  run_ffmpeg("-i " + name + " -f rawvideo " + file("clip.yuv"));
  const std::string expected = file_bytes(file("clip.yuv"));
  VideoReader reader(name);
  std::string got;
  while (std::optional<MediaUnit> unit = reader.next()) {
    for (int index = 0; index < 3; ++index) {
      const Plane plane = unit->frame->plane(index);
      for (int row = 0; row < plane.height; ++row) {
        got.append(reinterpret_cast<const char*>(plane.data + row * plane.stride),
                   static_cast<std::size_t>(plane.width));
      }
    }
  }
  EXPECT_TRUE(got == expected);
}

TEST_F(VideoReaderPicture, OddSizes) {
  encode("color=red:s=322x242:d=0.2,format=gbrp,crop=161:121:0:0", "-c:v ffv1 -pix_fmt yuv420p", "odd.mkv");
  const ReadResult result = read_all(file("odd.mkv"));
  ASSERT_EQ(result.frames.size(), 5u);
  EXPECT_EQ(result.frames[0].width, 161);
  EXPECT_EQ(result.frames[0].height, 121);
}

TEST_F(VideoReaderPicture, KeepsTransparencyOfVp9) {
  const ReadResult result =
      read_all(encode("testsrc2=s=64x48:d=0.2", "-c:v libvpx-vp9 -pix_fmt yuva420p", "alpha.webm"));
  ASSERT_EQ(result.frames.size(), 5u);
  EXPECT_TRUE(result.frames[0].layout.has_alpha);
}

TEST_F(VideoReaderPicture, ReadsColourFromTheFrames) {
  const ReadResult result =
      read_all(encode("testsrc2=s=64x48:d=0.1",
                      "-vf scale=out_range=full:out_color_matrix=bt709,setparams=color_primaries=bt709:color_trc=bt709 "
                      "-c:v libx264 -color_range pc -colorspace bt709 -color_primaries bt709 -color_trc bt709",
                      "full.mp4"));
  const ColourFacts& colour = result.info.video.colour;
  EXPECT_EQ(colour.range, ColourRange::kFull);
  EXPECT_EQ(colour.matrix, ColourMatrix::kBt709);
  EXPECT_EQ(colour.primaries, ColourPrimaries::kBt709);
  EXPECT_EQ(colour.transfer, ColourTransfer::kBt709);
  EXPECT_EQ(result.frames[0].colour.matrix, ColourMatrix::kBt709);
}

TEST_F(VideoReaderPicture, DeinterlacesFlaggedFramesOneForOne) {
  encode("testsrc2=s=96x72:r=50:d=1,interlace=scan=tff", "-c:v mpeg2video -flags +ilme+ildct -vf setfield=tff",
         "tff.ts");
  encode("testsrc2=s=96x72:r=50:d=1,interlace=scan=bff", "-c:v mpeg2video -flags +ilme+ildct -vf setfield=bff",
         "bff.ts");
  for (const char* name : {"tff.ts", "bff.ts"}) {
    ReadOptions options;
    options.deinterlace = Deinterlace::kOff;
    const ReadResult kept = read_all(file(name), options);
    const ReadResult automatic = read_all(file(name));
    ASSERT_EQ(kept.frames.size(), 25u) << name;
    EXPECT_TRUE(kept.frames[3].interlaced);
    EXPECT_EQ(kept.frames[3].top_field_first, std::string(name) == "tff.ts");
    EXPECT_EQ(automatic.stamps(), kept.stamps());
    EXPECT_EQ(automatic.frames.back().duration, kept.frames.back().duration);
    EXPECT_NE(automatic.checksums[12], kept.checksums[12]);
    for (const FrameFacts& facts : automatic.frames) EXPECT_FALSE(facts.interlaced);
    EXPECT_EQ(automatic.frames[0].layout.name, kept.frames[0].layout.name);
  }
}

TEST_F(VideoReaderPicture, DeinterlacesAsTheFilterOfFfmpegDoes) {
  encode("testsrc2=s=96x72:r=50:d=0.6,interlace=scan=tff",
         "-c:v ffv1 -flags +ilme+ildct -vf setfield=tff -field_order tt", "tff.mkv");
  run_ffmpeg("-i " + file("tff.mkv") +
             " -vf bwdif=mode=send_frame:deint=all:parity=tff -fps_mode passthrough -f rawvideo " + file("out.yuv"));
  const std::string expected = file_bytes(file("out.yuv"));
  ReadOptions options;
  options.deinterlace = Deinterlace::kBwdif;
  VideoReader reader(file("tff.mkv"), options);
  std::string got;
  while (std::optional<MediaUnit> unit = reader.next()) {
    for (int index = 0; index < unit->frame->facts().layout.plane_count; ++index) {
      const Plane plane = unit->frame->plane(index);
      for (int row = 0; row < plane.height; ++row) {
        got.append(reinterpret_cast<const char*>(plane.data + row * plane.stride),
                   static_cast<std::size_t>(plane.width));
      }
    }
  }
  EXPECT_EQ(got.size(), expected.size());
  EXPECT_TRUE(got == expected);
}

TEST_F(VideoReaderPicture, LeavesProgressiveFramesAlone) {
  encode("testsrc2=s=96x72:r=25:d=0.4", "-c:v libx264", "whole.mkv");
  ReadOptions off;
  off.deinterlace = Deinterlace::kOff;
  ReadOptions forced;
  forced.deinterlace = Deinterlace::kBwdif;
  EXPECT_EQ(read_all(file("whole.mkv")).checksums, read_all(file("whole.mkv"), off).checksums);
  const ReadResult result = read_all(file("whole.mkv"), forced);
  EXPECT_EQ(result.frames.size(), 10u);
  EXPECT_NE(result.checksums, read_all(file("whole.mkv"), off).checksums);
}

TEST_F(VideoReaderPicture, DeinterlacesOneFrameAndOddFormats) {
  encode("testsrc2=s=64x48:r=50:d=0.04,interlace=scan=tff", "-c:v ffv1 -flags +ilme -vf setfield=tff", "one.mkv");
  ReadOptions forced;
  forced.deinterlace = Deinterlace::kBwdif;
  EXPECT_EQ(read_all(file("one.mkv"), forced).frames.size(), 1u);
  const std::vector<std::string> formats = {"nv12", "uyvy422", "rgb24", "pal8", "monow"};
  std::string arguments = "-f lavfi -i testsrc2=s=64x48:r=25:d=0.2";
  for (const std::string& format : formats)
    arguments += " -c:v rawvideo -pix_fmt " + format + " " + file(format + ".nut");
  run_ffmpeg(arguments);
  for (const std::string& format : formats) {
    const ReadResult result = read_all(file(format + ".nut"), forced);
    EXPECT_EQ(result.frames.size(), 5u) << format;
    EXPECT_EQ(result.frames[0].layout.name, format);
  }
}

}  // namespace
}  // namespace reelface
