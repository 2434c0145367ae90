// SPDX-License-Identifier: Apache-2.0
// What may be named as an input: odd names, pictures, folders, pipes; and what is refused.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "reelface/core/log.h"
#include "unit/media/media_fixture.h"

namespace reelface {
namespace {

using testing::error_of;
using testing::read_all;
using testing::ReadResult;
using testing::run_ffmpeg;
using testing::write_file;

using VideoReaderInput = testing::MediaTest;

/// Puts a file in the place of standard input while it lives.
class StandardInput {
 public:
  explicit StandardInput(int descriptor) : saved_(dup(STDIN_FILENO)) {
    dup2(descriptor, STDIN_FILENO);
    close(descriptor);
  }
  ~StandardInput() {
    dup2(saved_, STDIN_FILENO);
    close(saved_);
  }

 private:
  int saved_;
};

/// A program whose output becomes standard input.
class Piped {
 public:
  explicit Piped(const std::string& command) : pipe_(popen(command.c_str(), "r")), input_(dup(fileno(pipe_))) {}
  ~Piped() { pclose(pipe_); }

 private:
  FILE* pipe_;
  StandardInput input_;
};

TEST_F(VideoReaderInput, TakesNamesAsTheyAre) {
  const std::string clip = encode("testsrc2=s=64x48:r=25:d=0.2", "-c:v mpeg4", "clip.mp4");
  for (const char* name :
       {"a:b.mp4", "-leading.mp4", "p%03d.mp4", "100%.mp4", "file:x.mp4", "pipe:0", "sp ace'quote\".mp4",
        "\xff\xfe.mp4", "*?{}[].mp4", "new\nline.mp4", "http:__x.mp4", "no_ending", "concat:a|b"}) {
    std::filesystem::copy_file(clip, file(name));
    EXPECT_EQ(read_all(file(name)).frames.size(), 5u) << name;
  }
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());
  EXPECT_EQ(read_all("-leading.mp4").frames.size(), 5u);
  EXPECT_EQ(read_all("a:b.mp4").frames.size(), 5u);
  EXPECT_EQ(read_all("pipe:0").frames.size(), 5u);
  std::filesystem::current_path(before);
}

TEST_F(VideoReaderInput, OnePictureIsAVideoOfOneFrame) {
  run_ffmpeg("-f lavfi -i testsrc2=s=64x48 -frames:v 1 " + file("p.png") + " -frames:v 1 " + file("p.jpg") +
             " -frames:v 1 " + file("p.tga") + " -frames:v 1 " + file("p.tif") + " -frames:v 1 " + file("p.webp") +
             " -frames:v 1 " + file("p.bmp") + " -frames:v 1 " + file("p.dpx"));
  for (const char* name : {"p.png", "p.jpg", "p.tga", "p.tif", "p.webp", "p.bmp", "p.dpx"}) {
    std::filesystem::copy_file(file(name), file("%d_" + std::string(name)));
    for (const std::string& path : {file(name), file("%d_" + std::string(name))}) {
      const ReadResult result = read_all(path);
      ASSERT_EQ(result.frames.size(), 1u) << path;
      EXPECT_EQ(result.frames[0].pts, 0);
      EXPECT_GT(result.frames[0].duration, 0);
      EXPECT_EQ(result.info.video.expected_frames, 1) << path;
    }
  }
}

TEST_F(VideoReaderInput, AFolderOfPicturesIsAFilm) {
  std::filesystem::create_directory(file("film"));
  run_ffmpeg("-f lavfi -i testsrc2=s=64x48:r=25:d=0.48 -start_number 1 " + file("film/f%d.png"));
  ReadOptions options;
  options.frame_rate = Rational{24000, 1001};
  const ReadResult result = read_all(file("film"), options);
  ASSERT_EQ(result.frames.size(), 12u);
  for (std::size_t index = 0; index < 12; ++index) {
    EXPECT_NEAR(result.seconds(index), static_cast<double>(index) * 1001 / 24000, 1e-9);
  }
  EXPECT_TRUE(result.info.video.frame_rate == (Rational{24000, 1001}));
  EXPECT_EQ(result.info.video.expected_frames, 12);
  EXPECT_FALSE(result.damage.any());
  EXPECT_EQ(result.checksums[9], read_all(file("film/f10.png")).checksums[0]) << "f10 comes after f9";

  options.range.from_seconds = result.seconds(5);
  options.range.to_seconds = result.seconds(8);
  const ReadResult part = read_all(file("film"), options);
  EXPECT_EQ(part.checksums, (std::vector<std::uint64_t>(result.checksums.begin() + 5, result.checksums.begin() + 8)));
}

TEST_F(VideoReaderInput, GapsInNumberedPicturesStayGaps) {
  run_ffmpeg("-f lavfi -i testsrc2=s=64x48:r=25:d=0.4 " + file("n_%04d.png"));
  std::filesystem::remove(file("n_0004.png"));
  std::filesystem::remove(file("n_0005.png"));
  std::string told;
  set_log_sink([&](LogLevel level, std::string_view text) {
    if (level >= LogLevel::kWarning) told += text;
  });
  const ReadResult result = read_all(file("n_%04d.png"));
  set_log_sink({});
  EXPECT_EQ(result.stamps(), (std::vector<std::int64_t>{0, 1, 2, 5, 6, 7, 8, 9}));
  EXPECT_EQ(result.damage.container_warnings, 1);
  EXPECT_NE(told.find("4-5"), std::string::npos);
}

TEST_F(VideoReaderInput, ABrokenPictureLeavesAGap) {
  run_ffmpeg("-f lavfi -i testsrc2=s=64x48:r=25:d=0.2 " + file("n_%d.png"));
  write_file(file("n_3.png"), "this is no picture");
  const ReadResult result = read_all(file("n_%d.png"));
  EXPECT_EQ(result.stamps(), (std::vector<std::int64_t>{0, 1, 3, 4}));
  EXPECT_TRUE(result.damage.any());
}

TEST_F(VideoReaderInput, PicturesOfOneFilmMayDifferInKindAndSize) {
  run_ffmpeg("-f lavfi -i testsrc2=s=64x48 -frames:v 1 " + file("1.png") + " -frames:v 1 " + file("2.jpg") +
             " -frames:v 1 -s 96x96 " + file("3.bmp"));
  const ReadResult result = read_all(folder_.path().string());
  ASSERT_EQ(result.frames.size(), 3u);
  EXPECT_EQ(result.damage.size_changes, 2) << "another format, another shape";
  EXPECT_EQ(result.damage.boxed_frames, 1);
  for (const FrameFacts& facts : result.frames) {
    EXPECT_EQ(facts.width, 64);
    EXPECT_EQ(facts.layout.name, "rgb24");
  }
}

TEST_F(VideoReaderInput, ReadsPipes) {
  base();
  remux(file("base.mp4"), "base.mkv");
  {
    Piped piped("cat " + file("base.mkv"));
    EXPECT_EQ(read_all("-").frames.size(), 50u);
  }
  {
    StandardInput redirected(open(file("base.mp4").c_str(), O_RDONLY));
    EXPECT_EQ(read_all("-").frames.size(), 50u) << "a redirected file can be sought in";
  }
  {
    Piped piped("cat " + file("base.mp4"));
    const Error error = error_of([] { read_all("-"); });
    EXPECT_EQ(error.exit_code(), ExitCode::kInputUnreadable);
    EXPECT_NE(error.advice().find("cannot be read from a pipe"), std::string::npos) << error.what();
  }
  ASSERT_EQ(mkfifo(file("named").c_str(), 0600), 0);
  std::thread feeder([&] { testing::run_command("cat " + file("base.mkv") + " > " + file("named")); });
  EXPECT_EQ(read_all(file("named")).frames.size(), 50u);
  feeder.join();
}

TEST_F(VideoReaderInput, ASilentPipeFailsInTime) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  StandardInput silent(ends[0]);
  ReadOptions options;
  options.stall_timeout_seconds = 0.3;
  const Error error = error_of([&] { read_all("-", options); });
  EXPECT_EQ(error.exit_code(), ExitCode::kInputUnreadable);
  EXPECT_NE(std::string(error.what()).find("sent nothing"), std::string::npos);

  CancelToken cancel;
  cancel.request(CancelLevel::kFinish);
  EXPECT_EQ(error_of([&] { VideoReader reader("-", {}, &cancel); }).exit_code(), ExitCode::kInterrupted);
  close(ends[1]);
}

TEST_F(VideoReaderInput, StopsWhenAsked) {
  base();
  CancelToken cancel;
  VideoReader reader(file("base.mp4"), {}, &cancel);
  EXPECT_TRUE(reader.next());
  cancel.request(CancelLevel::kFinish);
  EXPECT_FALSE(reader.next());
  EXPECT_EQ(reader.damage().missing_seconds, 0) << "what was not read is not missing";
}

TEST_F(VideoReaderInput, RefusesPlaylistsAndOtherThings) {
  const std::string clip = encode("testsrc2=s=64x48:r=25:d=0.2", "-c:v mpeg4", "clip.mp4");
  write_file(file("list.m3u8"), "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:1,\n" + clip + "\n#EXT-X-ENDLIST\n");
  write_file(file("list.ffconcat"), "ffconcat version 1.0\nfile '" + clip + "'\n");
  write_file(file("list.mp4"), "ffconcat version 1.0\nfile '" + clip + "'\n");
  write_file(file("list.sdp"),
             "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n");
  write_file(file("text.txt"), "hello\nworld\n");
  run_ffmpeg("-f lavfi -i sine=d=0.2 " + file("sound.wav") + " -c:a aac " + file("sound.m4a"));
  for (const char* name :
       {"list.m3u8", "list.ffconcat", "list.mp4", "list.sdp", "text.txt", "sound.wav", "sound.m4a"}) {
    const Error error = error_of([&] { read_all(file(name)); });
    EXPECT_EQ(error.exit_code(), ExitCode::kInputUnreadable) << name;
    EXPECT_FALSE(error.advice().empty()) << name;
  }
}

TEST_F(VideoReaderInput, DecodesInSoftwareWhereThereIsNoDevice) {
  base();
  std::string told;
  set_log_sink([&](LogLevel level, std::string_view text) {
    if (level >= LogLevel::kWarning) told += text;
  });
  ReadOptions options;
  options.hardware_acceleration = "no such device";
  const ReadResult result = read_all(file("base.mp4"), options);
  set_log_sink({});
  EXPECT_EQ(result.frames.size(), 50u);
  EXPECT_NE(told.find("decoding in software"), std::string::npos);
}

TEST_F(VideoReaderInput, DescribesTheFile) {
  write_file(file("words.srt"), "1\n00:00:00,100 --> 00:00:01,000\nHello\n\n2\n00:00:01,100 --> 00:00:01,500\nWorld\n");
  write_file(file("tags.txt"),
             ";FFMETADATA1\ntitle=A film\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=One\n");
  write_file(file("font.ttf"), "not really a font");
  base();
  run_ffmpeg(
      "-i " + file("base.mp4") + " -i " + file("words.srt") + " -i " + file("tags.txt") +
      " -map 0:v -map 0:a -map 0:a -map 1 -map_metadata 2 -c copy -c:a:1 flac -c:s srt -metadata:s:a:1 language=deu "
      "-disposition:a:1 comment -attach " +
      file("font.ttf") + " -metadata:s:t mimetype=application/x-truetype-font " + file("zoo.mkv"));
  const ReadResult result = read_all(file("zoo.mkv"));
  const MediaInfo& info = result.info;
  EXPECT_EQ(info.container, "matroska,webm");
  ASSERT_EQ(info.streams.size(), 5u);
  EXPECT_EQ(info.streams[0].kind, StreamKind::kVideo);
  EXPECT_EQ(info.streams[1].codec, "aac");
  EXPECT_EQ(info.streams[2].codec, "flac");
  EXPECT_EQ(info.streams[2].language, "deu");
  EXPECT_EQ(info.streams[2].dispositions, (std::vector<std::string>{"comment"}));
  EXPECT_EQ(info.streams[3].kind, StreamKind::kSubtitle);
  EXPECT_EQ(info.streams[4].kind, StreamKind::kAttachment);
  EXPECT_EQ(info.tags.at("title"), "A film");
  EXPECT_EQ(info.chapter_count, 1);
  EXPECT_EQ(info.video.codec, "h264");
  EXPECT_EQ(info.video.expected_frames, 51) << "an estimate: the container's duration is the sound's";
  EXPECT_NEAR(info.duration_seconds, 2.0, 0.1);
  EXPECT_EQ(result.packet_seconds.at(3).size(), 2u);
  EXPECT_EQ(result.packet_seconds.at(1).size(), 95u);
  EXPECT_EQ(probe(file("zoo.mkv")).video.width, 160);
}

TEST_F(VideoReaderInput, PacketsNeverPileUp) {
  // Pictures 13 s apart and 80 MB of sound between them: it may not all wait for the next picture.
  run_ffmpeg(
      "-f lavfi -i testsrc2=s=64x48:r=1/13:d=26 -f lavfi -i anullsrc=r=192000:cl=7.1:d=13 -c:v ffv1 -fps_mode "
      "passthrough -c:a pcm_s32le " +
      file("long.mkv"));
  VideoReader reader(file("long.mkv"));
  std::int64_t frames = 0;
  std::int64_t without_frame = 0;
  while (const std::optional<MediaUnit> unit = reader.next()) {
    std::int64_t bytes = 0;
    for (const EncodedPacketPtr& packet : unit->packets) bytes += packet->packet->size;
    EXPECT_LT(bytes, 48 << 20);
    frames += unit->frame.has_value();
    without_frame += !unit->frame.has_value();
  }
  EXPECT_EQ(frames, 2);
  EXPECT_GE(without_frame, 2);
}

}  // namespace
}  // namespace reelface
