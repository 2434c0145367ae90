// SPDX-License-Identifier: Apache-2.0
// Full disks, closed pipes, hostile destinations, settings that no encoder takes; and outputs that are not files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <thread>

#include "support/temporary_folder.h"
#include "unit/media/rewrite.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;
using testing::file_bytes;
using testing::frame_sums;
using ::testing::HasSubstr;
using testing::refusal_of;
using testing::rewrite;
using testing::run_ffmpeg;
using testing::shown;
using testing::with_codec;
using testing::write_file;

class VideoWriterFailure : public ::testing::Test {
 protected:
  VideoWriterFailure() {
    run_ffmpeg(
        "-f lavfi -i testsrc2=s=160x120:r=25:d=0.4 -f lavfi -i sine=d=0.4 -c:v libx264 -pix_fmt yuv420p -c:a aac " +
        input());
  }
  std::string input() const { return folder_.file("in.mp4"); }
  std::string file(const std::string& name) const { return folder_.file(name); }
  int entries() const {
    return static_cast<int>(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
  }

  testing::TemporaryFolder folder_;
};

TEST_F(VideoWriterFailure, WhatNoEncoderTakesIsSaidOnce) {
  WriteOptions options;
  options.crf = 900;
  EXPECT_EQ(refusal_of([&] { rewrite(input(), file("out.mkv"), options); }).message, "--crf takes 0 to 255, not 900");
  options.crf = 200;
  options.copy_audio = false;  // aac, which webm does not hold
  const std::string several = refusal_of([&] { rewrite(input(), file("out.webm"), options); }).message;
  const std::string vp9 = "libvpx-vp9 does not take 200 for crf";
  EXPECT_THAT(several, HasSubstr(vp9));
  EXPECT_EQ(several.find(vp9), several.rfind(vp9)) << several;
}

TEST_F(VideoWriterFailure, AFullDiskIsNoticedThoughLibavNoticesLate) {
  for (const char* container : {"matroska", "mpegts"}) {
    WriteOptions options;
    options.container = container;
    const auto refusal = refusal_of([&] { rewrite(input(), "/dev/full", options); });
    EXPECT_EQ(refusal.code, ExitCode::kOutputUnwritable) << container;
    EXPECT_THAT(refusal.message, HasSubstr("No space left"));
    EXPECT_THAT(refusal.advice, HasSubstr("space"));
  }
}

TEST_F(VideoWriterFailure, AFileSizeLimitLeavesNothingBehind) {
  for (const char* name : {"out.mkv", "out.mp4", "out.png"}) {
    const pid_t child = ::fork();
    if (child == 0) {  // limits and signals are the whole process's
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{3000, 3000};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      const auto refusal = refusal_of([&] {
        VideoReader reader(input());
        WriteOptions options;
        VideoWriter writer(reader, file(std::string(name) == "out.png" ? "out_%d.png" : name), options);
        while (std::optional<MediaUnit> unit = reader.next())
          if (unit->frame) writer.write(std::move(*unit->frame));
        writer.finish();
      });
      ::_exit(static_cast<int>(refusal.code));
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status)) << name;
    EXPECT_EQ(WEXITSTATUS(status), static_cast<int>(ExitCode::kOutputUnwritable)) << name;
    EXPECT_EQ(entries(), 1) << name;
  }
}

TEST_F(VideoWriterFailure, TheInputIsNeverOverwritten) {
  const std::string before = file_bytes(input());
  fs::create_hard_link(input(), file("link.mp4"));
  WriteOptions options;
  options.overwrite = true;
  for (const std::string& output : {input(), file("link.mp4")})
    EXPECT_EQ(refusal_of([&] { rewrite(input(), output, options); }).code, ExitCode::kUsage);
  EXPECT_EQ(file_bytes(input()), before);
}

TEST_F(VideoWriterFailure, AnExistingFileIsReplacedOnlyOnDemand) {
  write_file(file("out.mkv"), "precious");
  EXPECT_EQ(refusal_of([&] { rewrite(input(), file("out.mkv")); }).code, ExitCode::kUsage);
  EXPECT_EQ(file_bytes(file("out.mkv")), "precious");
  WriteOptions options;
  options.overwrite = true;
  rewrite(input(), file("out.mkv"), options);
  EXPECT_THAT(shown(file("out.mkv"), "stream=codec_name"), HasSubstr("h264"));
  EXPECT_EQ(entries(), 2);
}

TEST_F(VideoWriterFailure, NamedPipesAreWrittenStraightThrough) {
  ASSERT_EQ(::mkfifo(file("pipe").c_str(), 0600), 0);
  std::thread reading([this] { testing::run_command("cat " + file("pipe") + " > " + file("read.mkv")); });
  WriteOptions options = with_codec("ffv1");
  const WriteSummary summary = rewrite(input(), file("pipe"), options);
  reading.join();
  EXPECT_EQ(frame_sums(file("read.mkv")), frame_sums(input()));
  EXPECT_EQ(static_cast<std::uintmax_t>(summary.bytes), fs::file_size(file("read.mkv")));
  EXPECT_EQ(entries(), 3);
}

TEST_F(VideoWriterFailure, APipeThatIsClosedIsAnError) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  ASSERT_EQ(::mkfifo(file("pipe").c_str(), 0600), 0);
  std::thread reading([this] { testing::run_command("head -c 100 " + file("pipe") + " > /dev/null"); });
  const auto refusal = refusal_of([&] { rewrite(input(), file("pipe"), with_codec("rawvideo")); });
  reading.join();
  std::signal(SIGPIPE, before);
  EXPECT_EQ(refusal.code, ExitCode::kOutputUnwritable);
  EXPECT_THAT(refusal.message, HasSubstr("Broken pipe"));
}

TEST_F(VideoWriterFailure, Mp4DoesNotGoIntoAPipe) {
  WriteOptions options;
  options.container = "mp4";
  const auto refusal = refusal_of([&] { rewrite(input(), "/dev/null", options); });
  EXPECT_EQ(refusal.code, ExitCode::kUsage);
  EXPECT_THAT(refusal.advice, HasSubstr("Matroska"));
}

TEST_F(VideoWriterFailure, PicturesAreNumberedFromOne) {
  rewrite(input(), file("shot_%03d.png"));
  EXPECT_EQ(entries(), 11);
  EXPECT_TRUE(fs::exists(file("shot_001.png")));
  EXPECT_TRUE(fs::exists(file("shot_010.png")));
  EXPECT_EQ(refusal_of([&] { rewrite(input(), file("shot_%03d.png")); }).code, ExitCode::kUsage);
  WriteOptions options;
  options.overwrite = true;
  rewrite(input(), file("shot_%03d.png"), options);
  rewrite(input(), file("new folder/"));
  EXPECT_EQ(testing::output_of("ls " + testing::quoted(file("new folder")) + " | wc -l"), "10\n");
}

TEST_F(VideoWriterFailure, APictureBecomesAPicture) {
  for (const char* format : {"rgb24", "rgba", "gray", "rgb48be", "gray16be"}) {
    run_ffmpeg(std::string("-f lavfi -i testsrc2=s=65x43 -frames:v 1 -pix_fmt ") + format + " " + file("photo.png"));
    WriteOptions options;
    options.overwrite = true;
    rewrite(file("photo.png"), file("copy.png"), options);
    EXPECT_EQ(frame_sums(file("copy.png")), frame_sums(file("photo.png"))) << format;
  }
  rewrite(file("photo.png"), file("copy.jpg"));
  EXPECT_THAT(shown(file("copy.jpg"), "stream=codec_name,color_range"), HasSubstr("pc"));
}

TEST_F(VideoWriterFailure, ManyPicturesDoNotFitIntoOne) {
  const auto refusal = refusal_of([&] { rewrite(input(), file("photo.png")); });
  EXPECT_EQ(refusal.code, ExitCode::kUsage);
  EXPECT_THAT(refusal.advice, HasSubstr("%04d"));
  EXPECT_EQ(entries(), 1);
}

TEST_F(VideoWriterFailure, PicturesNeverReplaceTheirOwnSource) {
  rewrite(input(), file("shot_%03d.png"));
  const std::string before = file_bytes(file("shot_003.png"));
  WriteOptions options;
  options.overwrite = true;
  EXPECT_EQ(refusal_of([&] { rewrite(file("shot_%03d.png"), file("shot_%03d.png"), options); }).code, ExitCode::kUsage);
  EXPECT_EQ(refusal_of([&] { rewrite(file("shot_003.png"), file("shot_%03d.png"), options); }).code, ExitCode::kUsage);
  EXPECT_EQ(file_bytes(file("shot_003.png")), before);
}

}  // namespace
}  // namespace reelface
