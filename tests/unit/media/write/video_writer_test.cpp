// SPDX-License-Identifier: Apache-2.0
#include "reelface/media/video_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "support/temporary_folder.h"
#include "unit/media/rewrite.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;
using testing::file_bytes;
using testing::frame_sums;
using testing::frame_times;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::packet_sums;
using testing::refusal_of;
using testing::rewrite;
using testing::run_ffmpeg;
using testing::shown;
using testing::with_codec;

constexpr const char* kPicture = "-f lavfi -i testsrc2=s=160x120:r=25:d=1 ";
constexpr const char* kSound = "-f lavfi -i sine=f=440:r=48000:d=1 ";

class VideoWriterTest : public ::testing::Test {
 protected:
  std::string file(const std::string& name) const { return folder_.file(name); }
  std::string make(const std::string& name, const std::string& arguments) const {
    run_ffmpeg(arguments + " " + testing::quoted(file(name)));
    return file(name);
  }
  std::string film(const std::string& name = "film.mp4") const {
    std::string words = kPicture;
    words.append(kSound).append("-c:v libx264 -preset ultrafast -bf 2 -pix_fmt yuv420p -c:a aac");
    return make(name, words);
  }
  int entries() const {
    return static_cast<int>(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
  }
  testing::TemporaryFolder folder_;
};

class Lossless : public VideoWriterTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(Lossless, EverySampleComesThrough) {
  const std::string name = GetParam();
  const std::string input = make("in.mkv", "-f lavfi -i testsrc2=s=162x122:d=0.2 -c:v ffv1 -pix_fmt " + name);
  rewrite(input, file("out.mkv"));
  EXPECT_EQ(frame_sums(file("out.mkv")), frame_sums(input));
  EXPECT_EQ(shown(file("out.mkv"), "stream=pix_fmt,codec_name"), shown(input, "stream=pix_fmt,codec_name"));
}
INSTANTIATE_TEST_SUITE_P(PixelFormats, Lossless,
                         ::testing::Values("yuv420p", "yuv422p10le", "yuv444p12le", "gray", "gray16le", "yuva420p",
                                           "bgra", "gbrp10le", "yuv410p", "rgb48le"),
                         [](const auto& format) { return std::string(format.param); });

TEST_F(VideoWriterTest, RearrangingSamplesLosesNone) {
  for (const char* format : {"gbrp", "nv12", "bgr24", "uyvy422", "gbrap"}) {
    const std::string input =
        make("in.nut", std::string("-f lavfi -i testsrc2=s=162x122:d=0.1 -c:v rawvideo -pix_fmt ") + format);
    WriteOptions options = with_codec("ffv1");
    options.overwrite = true;
    rewrite(input, file("out.mkv"), options);
    EXPECT_EQ(frame_sums(file("out.mkv"), format), frame_sums(input)) << format;
  }
}

TEST_F(VideoWriterTest, TimesAndTheLastDurationAreKept) {
  const auto times_and_length = [](const std::string& path) {
    return shown(path, "frame=pts_time:stream=duration,nb_frames", "-select_streams v");
  };
  const auto check = [&](const std::string& selection, std::initializer_list<const char*> codecs) {
    const std::string input = make("in.mp4", "-y -f lavfi -i \"testsrc2=s=64x48:r=30:d=2,select='" + selection +
                                                 "',setpts='if(eq(N,5),PTS+0.01/TB,PTS)'\" -fps_mode vfr -c:v libx264 "
                                                 "-bf 0 -video_track_timescale 90000");
    const std::string expected = times_and_length(input);
    EXPECT_THAT(expected, HasSubstr("pts_time=0.100000"));
    for (const char* codec : codecs) {
      WriteOptions options = with_codec(codec);
      options.overwrite = true;
      rewrite(input, file("out.mp4"), options);
      EXPECT_EQ(times_and_length(file("out.mp4")), expected) << codec << ", " << selection;
    }
  };
  // MP4 adds up the steps of decoding, which are others where pictures are reordered: the steps at the ends are short
  // and long in turn.
  check("not(mod(n,3))+not(mod(n,7))+gt(n,57)", {"libx264", "mpeg2video", "mpeg4", "libvpx-vp9"});
  check("not(mod(n,3))+not(mod(n,7))", {"mpeg2video"});
  check("not(mod(n,3))+between(n,1,2)", {"libx264", "mpeg2video"});
}

TEST_F(VideoWriterTest, ReorderedFramesAreAllThereAndSoundKeepsItsPlace) {
  const std::string input = film();
  const WriteSummary summary = rewrite(input, file("out.mp4"));
  EXPECT_EQ(summary.frames, 25);
  EXPECT_EQ(summary.path, file("out.mp4"));
  EXPECT_EQ(static_cast<std::uintmax_t>(summary.bytes), fs::file_size(file("out.mp4")));
  EXPECT_EQ(frame_times(file("out.mp4")), frame_times(input));
  EXPECT_EQ(shown(file("out.mp4"), "stream=start_time"), shown(input, "stream=start_time"));
  EXPECT_EQ(packet_sums(file("out.mp4"), "0:a"), packet_sums(input, "0:a"));
}

TEST_F(VideoWriterTest, HdrFactsSurvive) {
  const std::string input =
      make("in.mp4",
           "-f lavfi -i testsrc2=s=160x120:r=25:d=0.2 -c:v libx265 -pix_fmt yuv420p10le -x265-params "
           "\"log-level=error:hdr10=1:repeat-headers=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:master-"
           "display="
           "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400\" -tag:v hvc1");
  for (const char* name : {"out.mkv", "out.mp4"}) {
    rewrite(input, file(name));
    const std::string facts = shown(file(name), "frame=color_transfer,color_primaries,color_space:side_data",
                                    "-select_streams v -read_intervals %+#1");
    EXPECT_THAT(facts, HasSubstr("smpte2084"));
    EXPECT_THAT(facts, HasSubstr("bt2020nc"));
    EXPECT_THAT(facts, HasSubstr("red_x=34000/50000"));
    EXPECT_THAT(facts, HasSubstr("max_luminance=10000000/10000"));
    EXPECT_THAT(facts, HasSubstr("max_content=1000"));
    EXPECT_THAT(facts, HasSubstr("max_average=400"));
    EXPECT_THAT(shown(file(name), "stream=codec_name,pix_fmt"), HasSubstr("yuv420p10le"));
  }
  EXPECT_THAT(shown(file("out.mp4"), "stream=codec_tag_string"), HasSubstr("hvc1"));
}

TEST_F(VideoWriterTest, TheTurnForDisplayIsKeptOrRefused) {
  const std::string upright = film();
  const std::string input = file("turned.mp4");
  testing::say_turned(upright, input, 90);
  rewrite(input, file("out.mp4"));
  EXPECT_EQ(shown(file("out.mp4"), "stream_side_data=rotation"), shown(input, "stream_side_data=rotation"));
  rewrite(input, file("h264.mkv"));  // inside the stream
  EXPECT_EQ(VideoReader(file("h264.mkv")).info().video.orientation.quarter_turns_clockwise,
            VideoReader(input).info().video.orientation.quarter_turns_clockwise);
  // Matroska has a place for it that newer versions of libav know.
  const auto refusal = refusal_of([&] { rewrite(input, file("ffv1.mkv"), with_codec("ffv1")); });
  if (refusal.code == ExitCode::kDone) {
    EXPECT_EQ(shown(file("ffv1.mkv"), "stream_side_data=rotation"), shown(input, "stream_side_data=rotation"));
  } else {
    EXPECT_EQ(refusal.code, ExitCode::kUsage);
    EXPECT_THAT(refusal.advice, HasSubstr(".mp4"));
  }
}

TEST_F(VideoWriterTest, ColourAndPixelShapeAreKept) {
  const std::string input =
      make("in.mkv",
           "-f lavfi -i testsrc2=s=160x120:d=0.2,setsar=64/45 -c:v libx264 -color_range pc -colorspace bt709 "
           "-color_primaries bt470bg -color_trc smpte170m -chroma_sample_location topleft");
  const char* facts =
      "stream=sample_aspect_ratio,color_range,color_space,color_transfer,color_primaries,chroma_location";
  rewrite(input, file("out.mkv"));
  rewrite(input, file("out.mp4"));
  EXPECT_EQ(shown(file("out.mkv"), facts), shown(input, facts));
  EXPECT_EQ(shown(file("out.mp4"), facts), shown(input, facts));
  const std::string plain = make("plain.mkv", "-f lavfi -i testsrc2=s=160x120:d=0.2 -c:v libx264");
  rewrite(plain, file("plain_out.mkv"));
  EXPECT_EQ(shown(file("plain_out.mkv"), facts), shown(plain, facts));  // nothing is made up
}

TEST_F(VideoWriterTest, InterlacedVideoStaysInterlaced) {
  const std::string input = make("in.mp4",
                                 "-f lavfi -i testsrc2=s=160x128:r=50:d=0.4,interlace=scan=tff -c:v libx264 -flags "
                                 "+ilme+ildct -x264opts tff=1");
  for (const char* codec : {"libx264", "mpeg2video", "ffv1"}) {
    const std::string output = file(std::string(codec) + ".mkv");
    rewrite(input, output, with_codec(codec));
    const char* fields = "frame=interlaced_frame,top_field_first";
    EXPECT_EQ(shown(output, fields, "-select_streams v"), shown(input, fields, "-select_streams v")) << codec;
    EXPECT_THAT(shown(output, fields, "-select_streams v"), Not(HasSubstr("interlaced_frame=0"))) << codec;
  }
}

TEST_F(VideoWriterTest, AnOddSizeIsNeverCutSilently) {
  const std::string input = make(
      "in.mkv", "-f lavfi -i \"color=red:s=322x242:d=0.2,format=gbrp,crop=161:121:0:0\" -c:v ffv1 -pix_fmt yuv420p");
  const auto refusal = refusal_of([&] { rewrite(input, file("out.mp4"), with_codec("libx264")); });
  EXPECT_EQ(refusal.code, ExitCode::kUsage);
  EXPECT_THAT(refusal.message, HasSubstr("161x121"));
  EXPECT_THAT(refusal.advice, HasSubstr("ffv1"));
  rewrite(input, file("out.mp4"));  // our own choice is an encoder that can
  EXPECT_THAT(shown(file("out.mp4"), "stream=width,height"), HasSubstr("width=161\nheight=121"));
  rewrite(input, file("out.mkv"));
  EXPECT_EQ(frame_sums(file("out.mkv")), frame_sums(input));
}

TEST_F(VideoWriterTest, ALargerPictureKeepsItsShape) {
  const std::string input = make("in.mkv", "-f lavfi -i testsrc2=s=80x60:d=0.2,setsar=4/3 -c:v libx264");
  WriteOptions options;
  options.width = 160;
  options.height = 120;
  rewrite(input, file("out.mkv"), options);
  EXPECT_EQ(shown(file("out.mkv"), "stream=width,height,sample_aspect_ratio"),
            "width=160\nheight=120\nsample_aspect_ratio=4:3\n");
  options.width = 80;
  rewrite(input, file("tall.mkv"), options);
  EXPECT_EQ(shown(file("tall.mkv"), "stream=width,height,sample_aspect_ratio"),
            "width=80\nheight=120\nsample_aspect_ratio=8:3\n");
}

TEST_F(VideoWriterTest, TheSameWorkGivesTheSameBytes) {
  const std::string input = film();
  WriteOptions options;
  options.bitexact = true;
  rewrite(input, file("a.mp4"), options);
  rewrite(input, file("b.mp4"), options);  // in the same process, where memory is not fresh any more
  EXPECT_TRUE(file_bytes(file("a.mp4")) == file_bytes(file("b.mp4")));
  EXPECT_THAT(shown(file("a.mp4"), "format_tags:stream_tags"), Not(HasSubstr("Lav")));
}

TEST_F(VideoWriterTest, ThePlanWritesNothingAndTellsEverything) {
  const std::string input = film();
  const VideoReader reader(input);
  const WritePlan plan = plan_output(reader, file("out.mkv"), with_codec("ffv1"));
  EXPECT_EQ(entries(), 1);
  EXPECT_EQ(plan.container, "matroska");
  EXPECT_EQ(plan.encoder, "ffv1");
  EXPECT_EQ(plan.pixel_format, "yuv420p");
  ASSERT_EQ(plan.streams.size(), 2u);
  EXPECT_EQ(plan.streams[0].action, StreamPlan::Action::kEncode);
  EXPECT_EQ(plan.streams[0].target_codec, "ffv1");
  EXPECT_EQ(plan.streams[1].action, StreamPlan::Action::kCopy);
  ASSERT_FALSE(plan.notes.empty());
  EXPECT_THAT(plan.notes[0], HasSubstr("h264 to ffv1"));
  plan_output(reader, file("av1.mkv"), with_codec("libsvtav1"));  // an encoder closed without a frame must not hang
}

TEST_F(VideoWriterTest, AbandonedWorkLeavesNothing) {
  const std::string input = film();
  {
    VideoReader reader(input);
    VideoWriter writer(reader, file("out.mkv"));
    writer.write(std::move(*reader.next()->frame));
    EXPECT_EQ(entries(), 2);
    EXPECT_FALSE(fs::exists(file("out.mkv")));
  }
  EXPECT_EQ(entries(), 1);
}

TEST_F(VideoWriterTest, AnInterruptedRunLeavesAValidPart) {
  const std::string input = film();
  VideoReader reader(input);
  VideoWriter writer(reader, file("out.mp4"));
  int frames = 0;
  while (frames < 7) {
    std::optional<MediaUnit> unit = reader.next();
    for (const EncodedPacketPtr& packet : unit->packets) writer.write(packet);
    if (!unit->frame) continue;
    writer.write(std::move(*unit->frame));
    ++frames;
  }
  const std::string part = writer.finish_as_part();
  EXPECT_FALSE(fs::exists(file("out.mp4")));
  EXPECT_THAT(shown(part, "stream=nb_read_frames", "-count_frames -select_streams v"), HasSubstr("=7"));
}

TEST_F(VideoWriterTest, BadOptionsAreRefusedBeforeAnythingIsWritten) {
  const std::string input = film();
  const auto refuse = [&](const std::string& output, const WriteOptions& options) {
    const auto refusal = refusal_of([&] { rewrite(input, file(output), options); });
    EXPECT_EQ(refusal.code, ExitCode::kUsage) << output << ": " << refusal.message;
    EXPECT_FALSE(refusal.advice.empty()) << refusal.message;
    EXPECT_EQ(entries(), 1);
  };
  refuse("out.mkv", with_codec("nonsense"));
  refuse("out.mkv", with_codec("aac"));
  refuse("out.webm", with_codec("libx264"));
  WriteOptions options;
  options.encoder_options = {{"nonsense", "1"}};
  refuse("out.mkv", options);
  options.encoder_options = {{"crf", "many"}};
  refuse("out.mkv", options);
  options.encoder_options = {{"pix_fmt", "gray"}};
  refuse("out.mkv", options);
  options = with_codec("ffv1");
  options.crf = 20;
  refuse("out.mkv", options);
  options = with_codec("ffv1");
  options.preset = "slow";
  refuse("out.mkv", options);
  options = with_codec("libx264");
  options.pixel_format = "bgra";
  refuse("out.mkv", options);
}

TEST_F(VideoWriterTest, EncoderAndContainerTakeTheUsersOptions) {
  const std::string input = film();
  WriteOptions options;
  options.encoder_options = {{"g", "5"}, {"movflags", "+faststart"}, {"x264-params", "bframes=0"}};
  rewrite(input, file("out.mp4"), options);
  EXPECT_LT(file_bytes(file("out.mp4")).find("moov"), file_bytes(file("out.mp4")).find("mdat"));
  const std::string types = shown(file("out.mp4"), "frame=pict_type", "-select_streams v");
  EXPECT_THAT(types, Not(HasSubstr("=B")));
  EXPECT_THAT(types, HasSubstr("=I\npict_type=P\npict_type=P\npict_type=P\npict_type=P\npict_type=I"));
}

TEST_F(VideoWriterTest, TheUsersQuantiserStandsAboveOurUsualQuality) {
  const std::string input = film();
  WriteOptions options = with_codec("libx264");
  options.encoder_options = {{"qp", "0"}};
  rewrite(input, file("out.mkv"), options);
  EXPECT_EQ(frame_sums(file("out.mkv")), frame_sums(input));
}

TEST_F(VideoWriterTest, AviTakesAConstantRateOnly) {
  rewrite(film(), file("out.avi"));
  const std::string input = make("vfr.mp4",
                                 "-f lavfi -i \"testsrc2=s=160x120:r=30:d=2,select='not(mod(n,3))+gt(random(1),0.5)'\" "
                                 "-fps_mode vfr -c:v libx264 -video_track_timescale 90000");
  const auto refusal = refusal_of([&] { rewrite(input, file("vfr.avi")); });
  EXPECT_EQ(refusal.code, ExitCode::kUsage);
  EXPECT_THAT(refusal.advice, HasSubstr(".mkv"));
}

TEST_F(VideoWriterTest, AnAviWithGapsCanBecomeAnAvi) {
  const std::string input = make(
      "in.avi", "-f lavfi -i \"testsrc2=s=160x120:r=25:d=1,select='not(eq(n,3))'\" -fps_mode vfr -c:v mpeg4 -bf 0");
  rewrite(input, file("out.avi"));
  EXPECT_EQ(frame_times(file("out.avi")), frame_times(input));
}

TEST_F(VideoWriterTest, RawVideoInMovCanBeReadBack) {
  for (const char* format : {"yuv420p", "nv12", "rgb24", "uyvy422", "pal8", "gray16be"}) {
    const std::string input =
        make("in.nut", std::string("-f lavfi -i testsrc2=s=64x48:d=0.1 -c:v rawvideo -pix_fmt ") + format);
    WriteOptions options;
    options.overwrite = true;
    rewrite(input, file("out.mov"), options);
    EXPECT_THAT(shown(file("out.mov"), "stream=codec_name"), HasSubstr("rawvideo")) << format;
    EXPECT_THAT(shown(file("out.mov"), "stream=nb_read_frames", "-count_frames"), HasSubstr("=3")) << format;
  }
}

TEST_F(VideoWriterTest, WhatHadNoLossGetsNone) {
  const std::string input = make("in.mov", "-f lavfi -i testsrc2=s=64x48:d=0.1 -c:v qtrle -pix_fmt argb");
  rewrite(input, file("out.mkv"));
  EXPECT_THAT(shown(file("out.mkv"), "stream=codec_name"), HasSubstr("ffv1"));
  EXPECT_EQ(frame_sums(file("out.mkv"), "argb"), frame_sums(input));
}

}  // namespace
}  // namespace reelface
