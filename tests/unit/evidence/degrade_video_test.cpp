// SPDX-License-Identifier: Apache-2.0
#include "evidence/degrade_video.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <vector>

#include "reelface/core/error.h"
#include "support/temporary_folder.h"
#include "test_clip.h"

namespace reelface {
namespace {

using namespace testing;

DegradeOptions preset(const std::string& name, int threads = 0) {
  DegradeOptions options;
  options.recipe = recipe_named(name);
  options.threads = threads;
  return options;
}

TEST(DegradeVideo, KeepsEveryFrameAtItsTimeAndTheSound) {
  const TemporaryFolder folder;
  make_clip(folder.file("clean.mkv"));
  const WriteSummary summary = degrade_video(folder.file("clean.mkv"), folder.file("bad.mkv"), preset("medium"));
  EXPECT_EQ(summary.frames, 24);
  EXPECT_EQ(frame_times(folder.file("bad.mkv")), frame_times(folder.file("clean.mkv")));
  EXPECT_EQ(sound_hash(folder.file("bad.mkv")), sound_hash(folder.file("clean.mkv")));
  const double psnr = ffmpeg_psnr(folder.file("bad.mkv"), folder.file("clean.mkv"));
  EXPECT_GT(psnr, 10);
  EXPECT_LT(psnr, 28);
  const auto tags = run_program("ffprobe -v error -show_entries format_tags " + folder.file("bad.mkv")).output;
  EXPECT_NE(tags.find("shrink=4"), std::string::npos) << tags;
}

TEST(DegradeVideo, TheSameWhateverTheThreads) {
  const TemporaryFolder folder;
  make_clip(folder.file("clean.mkv"));
  for (const std::string name : {"film", "vhs"}) {
    degrade_video(folder.file("clean.mkv"), folder.file("one.mkv"), preset(name, 1));
    degrade_video(folder.file("clean.mkv"), folder.file("two.mkv"), preset(name, 2));
    EXPECT_EQ(file_bytes(folder.file("one.mkv")), file_bytes(folder.file("two.mkv"))) << name;
    DegradeOptions other = preset(name);
    other.recipe.seed = 5;
    degrade_video(folder.file("clean.mkv"), folder.file("other.mkv"), other);
    EXPECT_NE(file_bytes(folder.file("one.mkv")), file_bytes(folder.file("other.mkv"))) << name;
    for (const char* file : {"one.mkv", "two.mkv", "other.mkv"}) std::filesystem::remove(folder.file(file));
  }
}

TEST(DegradeVideo, DoingNothingLosslesslyKeepsThePictureTo40Decibels) {
  const TemporaryFolder folder;
  make_clip(folder.file("clean.mkv"), 6);
  DegradeOptions options;
  options.write.codec = "ffv1";
  degrade_video(folder.file("clean.mkv"), folder.file("same.mkv"), options);
  EXPECT_GT(ffmpeg_psnr(folder.file("same.mkv"), folder.file("clean.mkv")), 40);  // chroma goes to full size and back
}

TEST(DegradeVideo, EncodesAtThePresetsQualityOrAtTheOneAskedFor) {
  const TemporaryFolder folder;
  make_clip(folder.file("clean.mkv"), 4);
  degrade_video(folder.file("clean.mkv"), folder.file("film.mkv"), preset("film"));
  DegradeOptions other = preset("film");
  other.write.crf = 31;
  degrade_video(folder.file("clean.mkv"), folder.file("other.mkv"), other);
  // The encoder writes its settings into the first frame.
  EXPECT_NE(file_bytes(folder.file("film.mkv")).find("crf=22.0"), std::string::npos);
  EXPECT_NE(file_bytes(folder.file("other.mkv")).find("crf=31.0"), std::string::npos);
}

TEST(DegradeVideo, InterlacedIsSaidSo) {
  const TemporaryFolder folder;
  make_clip(folder.file("clean.mkv"), 8);
  degrade_video(folder.file("clean.mkv"), folder.file("vhs.mkv"), preset("vhs"));
  const auto order =
      run_program("ffprobe -v error -select_streams v -show_entries frame=interlaced_frame,top_field_first -of flat " +
                  folder.file("vhs.mkv"))
          .output;
  EXPECT_NE(order.find("frame.7.interlaced_frame=1"), std::string::npos) << order;
  EXPECT_NE(order.find("frame.7.top_field_first=0"), std::string::npos) << order;
}

TEST(DegradeVideo, MayChangeTheSizeAndFormatStays) {
  const TemporaryFolder folder;
  run_ffmpeg("-f lavfi -i testsrc2=s=131x97:r=25:d=0.2 -c:v ffv1 -pix_fmt yuv444p10le " + folder.file("clean.mkv"));
  DegradeOptions options = preset("lowres");
  options.recipe.keep_small = 1;
  options.write.codec = "ffv1";
  degrade_video(folder.file("clean.mkv"), folder.file("small.mkv"), options);
  const auto facts =
      run_program("ffprobe -v error -select_streams v -show_entries stream=width,height,pix_fmt -of csv=p=0 " +
                  folder.file("small.mkv"))
          .output;
  EXPECT_EQ(facts, "32,24,yuv444p10le\n");
}

std::string grey_planes(const std::string& path) {
  return run_program("ffmpeg -v error -i " + path + " -f rawvideo -pix_fmt gray -").output;
}

TEST(DegradeVideo, TellsTheTruth) {
  const TemporaryFolder folder;
  run_ffmpeg("-f lavfi -i color=gray:s=128x96:r=25:d=0.4 -c:v ffv1 -pix_fmt gray " + folder.file("clean.mkv"));
  DegradeOptions options;
  options.recipe.dust = 6;
  options.recipe.scratches = 2;
  options.write.codec = "ffv1";
  degrade_video(folder.file("clean.mkv"), folder.file("untold.mkv"), options);
  options.truth_folder = folder.file("truth");
  degrade_video(folder.file("clean.mkv"), folder.file("bad.mkv"), options);
  EXPECT_EQ(file_bytes(folder.file("bad.mkv")), file_bytes(folder.file("untold.mkv")));

  const std::string clean = grey_planes(folder.file("clean.mkv")), bad = grey_planes(folder.file("bad.mkv"));
  const std::string mask = grey_planes(folder.file("truth/mask.mkv"));
  ASSERT_EQ(mask.size(), 10U * 128 * 96);
  int damaged = 0, wrong = 0;
  for (std::size_t i = 0; i < mask.size(); ++i) {
    const int difference = std::abs(static_cast<std::uint8_t>(clean[i]) - static_cast<std::uint8_t>(bad[i]));
    damaged += difference > 1;
    wrong += difference > 1 ? mask[i] != '\xff' : difference == 0 && mask[i] != '\0';
  }
  EXPECT_GT(damaged, 1000);
  EXPECT_LE(wrong, 0.02 * damaged);  // what eight bits of another range round away
  const std::string lines = file_bytes(folder.file("truth/truth.jsonl"));
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 10);
  EXPECT_EQ(lines.rfind("{\"frame\":0,\"time\":0.0,\"weave\":[0.0,0.0],\"flicker\":1.0,\"noise\":0.0,\"dirt\":", 0), 0U)
      << lines;
  EXPECT_EQ(frame_times(folder.file("truth/mask.mkv")), frame_times(folder.file("bad.mkv")));
  EXPECT_THROW(degrade_video(folder.file("clean.mkv"), folder.file("other.mkv"), options), Error);
  EXPECT_FALSE(std::filesystem::exists(folder.file("other.mkv")));
}

TEST(DegradeVideo, DroppedFramesAreMissingAndTheOthersKeepTheirTimes) {
  const TemporaryFolder folder;
  make_clip(folder.file("clean.mkv"));
  DegradeOptions options;
  options.recipe.dropped = 15;
  options.recipe.doubled = 20;
  options.write.codec = "ffv1";
  options.truth_folder = folder.file("truth");
  degrade_video(folder.file("clean.mkv"), folder.file("bad.mkv"), options);
  std::istringstream lines(file_bytes(folder.file("truth/truth.jsonl")));
  std::istringstream all(run_program("ffprobe -v error -select_streams v -show_entries frame=pts_time -of csv=p=0 " +
                                     folder.file("clean.mkv"))
                             .output);
  std::istringstream kept(run_program("ffprobe -v error -select_streams v -show_entries frame=pts_time -of csv=p=0 " +
                                      folder.file("bad.mkv"))
                              .output);
  std::vector<double> times;
  for (double time; all >> time;) times.push_back(time);
  int frames = 0, doubled = 0;
  std::int64_t last = -1;
  for (std::string line; std::getline(lines, line); ++frames) {
    double time = 0;
    ASSERT_TRUE(kept >> time);
    const auto shows = static_cast<std::int64_t>(number_after(line, "\"shows\":"));
    const bool is_doubled = shows == last;
    doubled += is_doubled;
    EXPECT_NEAR(time, times[static_cast<std::size_t>(shows + is_doubled)], 1e-6) << line;
    last = shows;
  }
  EXPECT_GT(doubled, 0);
  EXPECT_GT(frames, 12);
  EXPECT_LT(frames, 24);
  EXPECT_EQ(frame_times(folder.file("truth/mask.mkv")), frame_times(folder.file("bad.mkv")));
  EXPECT_EQ(sound_hash(folder.file("bad.mkv")), sound_hash(folder.file("clean.mkv")));
}

TEST(DegradeVideo, RefusesToOverwriteAndLeavesNothingWhenStopped) {
  const TemporaryFolder folder;
  make_clip(folder.file("clean.mkv"), 6);
  EXPECT_THROW(degrade_video(folder.file("clean.mkv"), folder.file("clean.mkv"), preset("mild")), Error);
  EXPECT_THROW(degrade_video(folder.file("none.mkv"), folder.file("bad.mkv"), preset("mild")), Error);
  CancelToken cancel;
  cancel.request(CancelLevel::kFinish);
  try {
    degrade_video(folder.file("clean.mkv"), folder.file("bad.mkv"), preset("mild"), {}, &cancel);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kInterrupted);
  }
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

}  // namespace
}  // namespace reelface
