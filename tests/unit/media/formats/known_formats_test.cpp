// SPDX-License-Identifier: Apache-2.0
// What is read unasked, what only with ReadOptions::any_format, and what is never opened.
#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "media/decode/video_decoder.h"
#include "media/formats/known_codecs.h"
#include "media/formats/known_containers.h"
#include "media/write/output_check.h"
#include "reelface/core/log.h"
#include "unit/media/media_fixture.h"

namespace reelface {
namespace {

using testing::error_of;
using testing::file_bytes;
using testing::read_all;
using testing::run_ffmpeg;
using testing::write_file;

using KnownFormats = testing::MediaTest;

ReadOptions any_format() {
  ReadOptions options;
  options.any_format = true;
  return options;
}

/// The same AVI file whose video says it is coded as something else.
void change_tag(const std::string& path, const std::string& from, const std::string& to) {
  std::string bytes = file_bytes(path);
  for (std::size_t at = bytes.find(from); at != std::string::npos; at = bytes.find(from, at + to.size()))
    bytes.replace(at, from.size(), to);
  write_file(path, bytes);
}

/// What is logged, libav's words too, while this lives.
class Told {
 public:
  Told() {
    set_log_sink([this](LogLevel, std::string_view text) { text_ += std::string(text) + "\n"; });
  }
  ~Told() { set_log_sink({}); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

TEST_F(KnownFormats, ContainersOfGamesAndListsAreNoUsualOnes) {
  for (const char* name : {"mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "avi", "mpegts", "mpeg", "mxf", "dv", "h264",
                           "hevc", "yuv4mpegpipe", "png_pipe", "image2", "gif", "flv", "asf", "rm"}) {
    EXPECT_EQ(kind_of_container(name), ContainerKind::kUsual) << name;
  }
  for (const char* name : {"smk", "bink", "roq", "4xm", "thp", "flic", "ea", "idcin", "vmd", "smjpeg", "moflex", "ico"})
    EXPECT_EQ(kind_of_container(name), ContainerKind::kRare) << name;
  for (const char* name : {"hls", "concat", "dash", "sdp"})
    EXPECT_EQ(kind_of_container(name), ContainerKind::kPlaylist) << name;
  for (const char* name : {"rawvideo", "lavfi", "wav", "v4l2", "tty", "svg_pipe", "vapoursynth", "bluray", ""})
    EXPECT_EQ(kind_of_container(name), ContainerKind::kOther) << name;
}

TEST_F(KnownFormats, CodecsOfGamesAreNotKnown) {
  for (const AVCodecID codec :
       {AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_AV1, AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_PRORES,
        AV_CODEC_ID_FFV1, AV_CODEC_ID_PNG, AV_CODEC_ID_TARGA, AV_CODEC_ID_RAWVIDEO, AV_CODEC_ID_TSCC, AV_CODEC_ID_AAC,
        AV_CODEC_ID_PCM_S24LE, AV_CODEC_ID_SUBRIP}) {
    EXPECT_TRUE(is_known_codec(codec)) << avcodec_get_name(codec);
  }
  for (const AVCodecID codec :
       {AV_CODEC_ID_ROQ, AV_CODEC_ID_SMACKVIDEO, AV_CODEC_ID_BINKVIDEO, AV_CODEC_ID_KMVC, AV_CODEC_ID_IDCIN,
        AV_CODEC_ID_FLIC, AV_CODEC_ID_WRAPPED_AVFRAME, AV_CODEC_ID_ANSI, AV_CODEC_ID_ROQ_DPCM, AV_CODEC_ID_NONE}) {
    EXPECT_FALSE(is_known_codec(codec)) << avcodec_get_name(codec);
  }
  const std::string decoders = "," + decoder_whitelist() + ",";
  EXPECT_NE(decoders.find(",h264,"), std::string::npos);
  EXPECT_EQ(decoders.find(",roqvideo,"), std::string::npos);
}

TEST_F(KnownFormats, AGamesFileIsReadOnlyWhenAskedFor) {
  const std::string film = encode("testsrc2=s=64x48:r=30:d=0.2", "-c:v roqvideo", "cutscene.roq");
  const Error error = error_of([&] { read_all(film); });
  EXPECT_EQ(error.exit_code(), ExitCode::kInputUnreadable);
  EXPECT_NE(std::string(error.what()).find("'roq'"), std::string::npos) << error.what();
  EXPECT_NE(error.advice().find("--any-format"), std::string::npos) << error.advice();
  EXPECT_EQ(read_all(film, any_format()).frames.size(), 6u);
}

TEST_F(KnownFormats, PlaylistsAreNeverFollowed) {
  encode("testsrc2=s=64x48:r=25:d=0.2", "-c:v mpeg4", "clip.mkv");
  write_file(file("list.ffconcat"), "ffconcat version 1.0\nfile 'clip.mkv'\n");
  const Error error = error_of([&] { read_all(file("list.ffconcat"), any_format()); });
  EXPECT_NE(std::string(error.what()).find("playlist"), std::string::npos) << error.what();
}

TEST_F(KnownFormats, ATagInAnAllowedContainerOpensNoDecoderOfAGame) {
  const std::string film = encode("testsrc2=s=64x48:r=25:d=0.2", "-c:v mpeg4 -vtag FMP4", "film.avi");
  change_tag(film, "FMP4", "KMVC");
  Told told;
  const Error error = error_of([&] { read_all(film); });
  EXPECT_EQ(error.exit_code(), ExitCode::kInputUnreadable);
  EXPECT_NE(std::string(error.what()).find("'kmvc'"), std::string::npos) << error.what();
  EXPECT_NE(error.advice().find("--any-format"), std::string::npos) << error.advice();
  EXPECT_EQ(told.text().find("libav KMVC"), std::string::npos) << "its decoder was opened: " << told.text();
}

TEST_F(KnownFormats, AnotherStreamsTagOpensNoDecoderEither) {
  run_ffmpeg("-f lavfi -i testsrc2=s=64x48:r=25:d=0.2 -f lavfi -i testsrc2=s=32x32:r=25:d=0.2 -map 0 -map 1 " +
             std::string("-c:v mpeg4 -tag:v:0 XVID -tag:v:1 FMP4 ") + file("two.avi"));
  change_tag(file("two.avi"), "FMP4", "KMVC");
  Told told;
  EXPECT_EQ(read_all(file("two.avi")).frames.size(), 5u) << "the film itself is read";
  EXPECT_NE(told.text().find("Codec (kmvc) not on whitelist"), std::string::npos) << told.text();
}

TEST_F(KnownFormats, ACodecThatIsChangedToInMidFilmIsNoExcuse) {
  const InputFormatPtr format(avformat_alloc_context());
  AVStream* stream = avformat_new_stream(format.get(), nullptr);
  ASSERT_NE(stream, nullptr);
  stream->codecpar->codec_type = AVMEDIA_TYPE_VIDEO;
  stream->codecpar->codec_id = AV_CODEC_ID_ROQ;
  stream->codecpar->width = 64;
  stream->codecpar->height = 48;
  DecoderSettings settings;
  const Error error = error_of([&] { VideoDecoder(*stream->codecpar, *stream, settings); });
  EXPECT_NE(std::string(error.what()).find("'roq'"), std::string::npos) << error.what();
  settings.any_codec = true;
  EXPECT_NO_THROW(VideoDecoder(*stream->codecpar, *stream, settings));
}

TEST_F(KnownFormats, SoundThatNobodyDecodesIsCopiedAsItIs) {
  run_ffmpeg("-f lavfi -i testsrc2=s=64x48:r=25:d=0.4 -f lavfi -i sine=r=22050:d=0.4 -c:v mpeg4 -c:a dfpwm " +
             file("sound.avi"));
  ASSERT_FALSE(is_known_codec(AV_CODEC_ID_DFPWM));
  const auto result = read_all(file("sound.avi"));
  EXPECT_EQ(result.frames.size(), 10u);
  EXPECT_GT(result.packet_bytes.at(1), 1000);
}

/// libav's reader of pictures takes a .y for one colour of three and looks for the others beside it.
TEST_F(KnownFormats, APictureOpensNoOtherFile) {
  write_file(file("p.y"), std::string(std::size_t{352} * 288, '\x50'));
  write_file(file("p.U"), std::string(std::size_t{176} * 144, '\x80'));
  write_file(file("p.V"), std::string(std::size_t{176} * 144, '\x80'));
  const int watch = inotify_init1(IN_NONBLOCK);
  ASSERT_GE(watch, 0);
  for (const char* name : {"p.U", "p.V"}) ASSERT_GE(inotify_add_watch(watch, file(name).c_str(), IN_OPEN), 0);
  EXPECT_THROW(read_all(file("p.y")), Error) << "nothing says how large it is";
  std::vector<char> events(4096);
  EXPECT_LT(read(watch, events.data(), events.size()), 0) << "another file was opened";
  close(watch);
}

TEST_F(KnownFormats, AListIsNoFinishedFilm) {
  encode("testsrc2=s=64x48:r=25:d=0.2", "-c:v mpeg4", "clip.mkv");
  OutputExpectation expected;
  expected.streams = 1;
  expected.video_codec = AV_CODEC_ID_MPEG4;
  expected.video_packets = 5;
  const AVOutputFormat& matroska = *av_guess_format("matroska", nullptr, nullptr);
  EXPECT_NO_THROW(check_output(file("clip.mkv"), matroska, expected));
  write_file(file("list.mkv"), "ffconcat version 1.0\nfile 'clip.mkv'\n");
  EXPECT_EQ(error_of([&] { check_output(file("list.mkv"), matroska, expected); }).exit_code(),
            ExitCode::kOutputUnwritable);
  encode("testsrc2=s=64x48:r=25:d=0.2", "-c:v mpeg4", "clip.avi");
  EXPECT_THROW(check_output(file("clip.avi"), matroska, expected), Error) << "another container than was written";
  EXPECT_EQ(error_of([&] { check_output(file("none.mkv"), matroska, expected); }).exit_code(),
            ExitCode::kOutputUnwritable);
}

}  // namespace
}  // namespace reelface
