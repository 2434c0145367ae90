// SPDX-License-Identifier: Apache-2.0
// Films whose pictures change their size: what their headers tell before any of them is read for good.
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <thread>
#include <vector>

#include "unit/media/media_fixture.h"

namespace reelface {
namespace {

using testing::error_of;
using testing::file_bytes;
using testing::quoted;
using testing::read_all;
using testing::ReadResult;
using testing::run_ffmpeg;
using testing::write_file;

/// A piece of film: its size, and for how long it is seen.
struct Piece {
  std::string size;
  std::string seconds;
};

struct Codec {
  const char* name;
  const char* options;
  const char* container;
};

void PrintTo(const Codec& codec, std::ostream* out) {
  *out << codec.name << " in " << codec.container;
}

class SizeSurvey : public testing::MediaTest, public ::testing::WithParamInterface<Codec> {
 protected:
  /// The pieces, one after the other in one stream, without coding them again.
  std::string film(const std::vector<Piece>& pieces) const {
    const Codec& codec = GetParam();
    std::string list;
    for (std::size_t number = 0; number < pieces.size(); ++number) {
      const std::string name = "piece_" + std::to_string(number) + "." + codec.container;
      encode("testsrc2=s=" + pieces[number].size + ":r=25:d=" + pieces[number].seconds, codec.options, name);
      list += "file '" + file(name) + "'\n";
    }
    write_file(file("list.txt"), list);
    std::string joined = file(std::string("film.") + codec.container);
    run_ffmpeg("-f concat -safe 0 -i " + quoted(file("list.txt")) + " -c copy " + testing::quoted(joined));
    return joined;
  }
};

TEST_P(SizeSurvey, FindsEverySizeAtItsTimeAndTellsWhatThenComes) {
  const std::string path = film({{"320x180", "0.6"}, {"640x360", "0.4"}, {"180x320", "0.4"}, {"320x180", "0.4"}});
  VideoReader reader(path);
  const std::vector<PictureStretch>& told = reader.info().video.stretches;
  ASSERT_EQ(told.size(), 4u);
  const std::vector<std::pair<int, double>> expected = {{320, 0}, {640, 0.6}, {180, 1}, {320, 1.4}};
  for (std::size_t index = 0; index < expected.size(); ++index) {
    EXPECT_EQ(told[index].width, expected[index].first);
    EXPECT_NEAR(told[index].from_seconds, expected[index].second, 0.13);
  }
  EXPECT_NEAR(told.back().seconds, 0.4, 0.13);
  EXPECT_EQ(reader.info().video.width, 640);
  EXPECT_EQ(reader.info().video.height, 360);
  EXPECT_EQ(told[2].area.height, 360);
  EXPECT_NEAR(told[2].area.width, 202, 1);

  std::size_t frames = 0, as_they_are = 0;
  while (std::optional<MediaUnit> unit = reader.next()) {
    if (!unit->frame) continue;
    ++frames;
    if (!unit->frame->facts().fitted) ++as_they_are;
  }
  // Where the size changes, libav's decoder of MPEG-2 drops the picture that it holds back.
  EXPECT_GE(frames, std::string(GetParam().name) == "MPEG-2" ? 42u : 45u);
  EXPECT_NEAR(static_cast<double>(as_they_are), 10, 1) << "the largest of the usual shape";
  const std::vector<PictureStretch> met = reader.stretches();
  ASSERT_EQ(met.size(), told.size());
  for (std::size_t index = 0; index < met.size(); ++index) {
    EXPECT_TRUE(met[index].is_stored_like(told[index])) << index;
    EXPECT_NEAR(met[index].from_seconds, told[index].from_seconds, 0.13) << index;
  }
}

TEST_P(SizeSurvey, FindsNothingInAFilmOfOneSize) {
  VideoReader reader(film({{"320x180", "0.4"}, {"320x180", "0.4"}}));
  EXPECT_TRUE(reader.info().video.stretches.empty());
  EXPECT_EQ(reader.info().video.width, 320);
}

INSTANTIATE_TEST_SUITE_P(
    AllKinds, SizeSurvey,
    ::testing::Values(Codec{"H.264", "-c:v libx264 -preset ultrafast -bf 2", "ts"},
                      Codec{"H.264", "-c:v libx264 -preset ultrafast -bsf:v dump_extra", "mkv"},
                      Codec{"HEVC", "-c:v libx265 -preset ultrafast -x265-params log-level=error", "ts"},
                      Codec{"VP8", "-c:v libvpx -cpu-used 8 -deadline realtime", "webm"},
                      Codec{"VP9", "-c:v libvpx-vp9 -cpu-used 8 -deadline realtime", "webm"},
                      Codec{"AV1", "-c:v libaom-av1 -cpu-used 8 -usage realtime", "mkv"},
                      Codec{"MJPEG", "-c:v mjpeg", "mkv"}, Codec{"MPEG-2", "-c:v mpeg2video -q:v 3", "ts"}),
    [](const ::testing::TestParamInfo<Codec>& kind) {
      std::string name = std::string(kind.param.name) + "_" + kind.param.container;
      for (char& letter : name) letter = std::isalnum(static_cast<unsigned char>(letter)) ? letter : '_';
      return name;
    });

class Canvases : public testing::MediaTest {
 protected:
  std::string joined(const std::vector<std::string>& sizes, const std::string& options = "") const {
    std::string bytes;
    for (const std::string& size : sizes) {
      bytes += file_bytes(
          encode("testsrc2=s=" + size + ":r=25:d=0.4", options + " -c:v libx264 -preset ultrafast", size + ".ts"));
    }
    write_file(file("joined.ts"), bytes);
    return file("joined.ts");
  }

  static ReadResult read_with(const std::string& path, const CanvasChoice& canvas) {
    ReadOptions options;
    options.canvas = canvas;
    return read_all(path, options);
  }
};

TEST_F(Canvases, TheFilmIsAsLargeAsItsLargestPictureOfTheUsualShape) {
  const ReadResult result = read_all(joined({"320x240", "640x480", "320x240"}));
  ASSERT_EQ(result.frames.size(), 30u);
  for (const FrameFacts& facts : result.frames) EXPECT_EQ(facts.width, 640);
  EXPECT_EQ(result.damage.size_changes, 20);
  EXPECT_EQ(result.damage.boxed_frames, 0);
  EXPECT_EQ(result.damage.format_changes, 0);
}

TEST_F(Canvases, MayBeTheFirstOrTheLargestPicture) {
  const std::string path = joined({"320x240", "480x640", "320x240"});
  EXPECT_EQ(read_with(path, {CanvasRule::kFirst, 0, 0}).info.video.width, 320);
  const ReadResult largest = read_with(path, {CanvasRule::kLargest, 0, 0});
  EXPECT_EQ(largest.info.video.height, 640);
  EXPECT_EQ(largest.damage.boxed_frames, 20);
  EXPECT_EQ(read_with(path, {}).info.video.width, 320);
}

TEST_F(Canvases, MayBeAskedFor) {
  const ReadResult result = read_with(joined({"320x240", "640x480"}), {CanvasRule::kSize, 400, 240});
  ASSERT_EQ(result.frames.size(), 20u);
  for (const FrameFacts& facts : result.frames) {
    EXPECT_EQ(facts.width, 400);
    EXPECT_EQ(picture_area(facts), (PictureArea{40, 0, 320, 240}));
  }
  const Error error = error_of([&] { read_with(file("joined.ts"), {CanvasRule::kSize, 60000, 60000}); });
  EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
}

TEST_F(Canvases, WhatIsSettledIsNotLookedFor) {
  ReadOptions options;
  options.settled_canvas = Canvas{500, 300, {1, 1}, {}};
  const ReadResult result = read_all(joined({"320x240", "640x480"}), options);
  EXPECT_EQ(result.info.video.width, 500);
  EXPECT_TRUE(result.info.video.stretches.empty());
}

TEST_F(Canvases, ARangeHasTheSizeOfTheFilm) {
  ReadOptions options;
  options.range.to_seconds = 0.2;
  const ReadResult result = read_all(joined({"320x240", "640x480"}), options);
  ASSERT_EQ(result.frames.size(), 5u);
  EXPECT_EQ(result.frames[0].width, 640) << "so that tracks of the whole film fit";
  EXPECT_EQ(result.damage.size_changes, 5);
}

TEST_F(Canvases, AnotherDescriptionOfTheStreamIsAnotherSize) {
  // FLV says anew how the stream is coded where that changes.
  joined({"320x240", "640x480"});
  remux(file("joined.ts"), "film.flv");
  const ReadResult result = read_all(file("film.flv"));
  EXPECT_EQ(result.info.video.width, 640);
}

TEST_F(Canvases, AnMp4OfOneDescriptionIsLookedThroughAsWell) {
  joined({"320x240", "640x480"});
  remux(file("joined.ts"), "film.mp4");
  const ReadResult result = read_all(file("film.mp4"));
  ASSERT_EQ(result.frames.size(), 20u);
  EXPECT_EQ(result.info.video.width, 640);
  EXPECT_EQ(result.damage.size_changes, 10);
}

TEST_F(Canvases, APipeHasTheSizeOfItsFirstPicture) {
  joined({"320x240", "640x480"});
  const std::string bytes = file_bytes(file("joined.ts"));
  ASSERT_EQ(mkfifo(file("pipe").c_str(), 0600), 0);
  std::thread writing([&] { write_file(file("pipe"), bytes); });
  const ReadResult result = read_all(file("pipe"));
  writing.join();
  EXPECT_EQ(result.frames.size(), 20u) << "nothing of it was read in vain";
  EXPECT_EQ(result.info.video.width, 320);
}

TEST_F(Canvases, FieldsAreMadeWholeBeforePicturesAreFitted) {
  std::string bytes;
  for (const std::string size : {"320x240", "640x480"}) {
    bytes += file_bytes(encode("testsrc2=s=" + size + ":r=25:d=0.4",
                               "-vf setfield=tff -flags +ilme+ildct -c:v mpeg2video -q:v 2", size + ".ts"));
  }
  write_file(file("fields.ts"), bytes);
  const ReadResult result = read_all(file("fields.ts"));
  ASSERT_GE(result.frames.size(), 19u) << "libav's decoder drops one where the size changes";
  EXPECT_TRUE(result.rises_strictly());
  for (const FrameFacts& facts : result.frames) {
    EXPECT_EQ(facts.width, 640);
    EXPECT_FALSE(facts.interlaced);
  }
}

TEST_F(Canvases, ADamagedHeaderDecidesNothing) {
  // A parameter set that says 2048x2048, in front of a picture that is cut off.
  run_ffmpeg("-f lavfi -i color=s=2048x2048:r=25:d=0.04 -c:v libx264 -f h264 " + file("huge.h264"));
  const std::string huge = file_bytes(file("huge.h264")).substr(0, 300);
  write_file(file("odd.h264"), huge + file_bytes(encode("testsrc2=s=320x240:r=25:d=0.4",
                                                        "-c:v libx264 -preset ultrafast", "plain.h264")));
  VideoReader reader(file("odd.h264"));
  EXPECT_EQ(reader.info().video.width, 320);
}

TEST_F(Canvases, PicturesThatSayTheyAreTurnedAreTurned) {
  // A phone: the same samples, now upright, now on their side.
  const std::string upright = encode("testsrc2=s=320x240:r=25:d=0.4", "-c:v libx264 -preset ultrafast", "a.ts");
  run_ffmpeg("-i " + file("a.ts") + " -c copy -bsf:v h264_metadata=display_orientation=insert:rotate=90 " +
             file("b.ts"));
  write_file(file("phone.ts"), file_bytes(upright) + file_bytes(file("b.ts")) + file_bytes(upright));
  VideoReader reader(file("phone.ts"));
  ASSERT_EQ(reader.info().video.stretches.size(), 3u);
  EXPECT_NE(reader.info().video.stretches[1].quarter_turns_clockwise, 0);
  std::vector<FrameFacts> frames;
  while (std::optional<MediaUnit> unit = reader.next()) {
    if (unit->frame) frames.push_back(unit->frame->facts());
  }
  ASSERT_EQ(frames.size(), 30u);
  EXPECT_EQ(frames[5].orientation, DisplayOrientation());
  EXPECT_EQ(frames[15].orientation, DisplayOrientation());
  EXPECT_EQ(picture_area(frames[15]), (PictureArea{70, 0, 180, 240}));
  EXPECT_EQ(reader.damage().turned_frames, 10);
  EXPECT_EQ(reader.stretches().size(), 3u);
}

TEST_F(Canvases, AreToldInWords) {
  std::vector<PictureStretch> film(3);
  film[0] = {0, 70.4, 640, 360, {1, 1}, {0, 0, 1280, 720}, 0};
  film[1] = {70.4, 10, 1280, 720, {1, 1}, {0, 0, 1280, 720}, 0};
  film[2] = {3725, 2, 360, 640, {1, 1}, {436, 0, 406, 720}, 0};
  EXPECT_EQ(text_of(film, 1280, 720),
            "  0:00:00 640x360, scaled\n"
            "  0:01:10.4 1280x720, as it is\n"
            "  1:02:05 360x640, in 406x720 between black bars\n");
  film.resize(1);
  EXPECT_EQ(text_of(film, 1280, 720), "");
  film.resize(20);
  EXPECT_NE(text_of(film, 1280, 720).find("and 8 more"), std::string::npos);
}

}  // namespace
}  // namespace reelface
