// SPDX-License-Identifier: Apache-2.0
// What is broken is read as far as it goes, counted, and never passed off as whole.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "unit/media/media_fixture.h"

namespace reelface {
namespace {

using testing::error_of;
using testing::file_bytes;
using testing::read_all;
using testing::ReadResult;
using testing::write_file;

class VideoReaderDamage : public testing::MediaTest {
 protected:
  /// The first 60 % of a file.
  std::string cut(const std::string& name) const {
    const std::string bytes = file_bytes(file(name));
    write_file(file("cut_" + name), bytes.substr(0, bytes.size() * 6 / 10));
    return file("cut_" + name);
  }
  ReadResult read_cut(const std::string& name, const std::string& options = "") const {
    remux(file("base.mp4"), name, options);
    return read_all(cut(name));
  }
};

void flip_bits(char& byte, unsigned bits) {
  byte = static_cast<char>(static_cast<unsigned char>(byte) ^ bits);
}

TEST_F(VideoReaderDamage, CutFilesGiveWhatIsThereAndSaySo) {
  base();
  const ReadResult mp4 = read_cut("fast.mp4", "-movflags +faststart");
  EXPECT_EQ(mp4.frames.size(), 29u);
  EXPECT_NEAR(mp4.damage.missing_seconds, 0.8, 0.1);
  EXPECT_GT(mp4.damage.container_warnings, 0);

  const ReadResult mkv = read_cut("cut.mkv");
  EXPECT_EQ(mkv.frames.size(), 30u);
  EXPECT_NEAR(mkv.damage.missing_seconds, 0.8, 0.1);

  const ReadResult fragmented = read_cut("frag.mp4", "-movflags frag_keyframe+empty_moov");
  EXPECT_GT(fragmented.frames.size(), 20u);
  EXPECT_TRUE(fragmented.damage.any());

  const ReadResult avi = read_cut("cut.avi");
  EXPECT_GT(avi.frames.size(), 20u);
  EXPECT_TRUE(avi.damage.any());

  // A transport stream has no header that could tell; only a picture that is cut in two gives it away.
  const ReadResult transport = read_cut("cut.ts");
  EXPECT_GT(transport.frames.size(), 20u);
  EXPECT_EQ(transport.damage.missing_seconds, 0);
}

TEST_F(VideoReaderDamage, WholeFilesShowNoDamage) {
  base();
  for (const char* name : {"whole.mkv", "whole.ts", "whole.avi", "whole.mov", "whole.nut"}) {
    EXPECT_FALSE(read_all(remux(file("base.mp4"), name)).damage.any()) << name;
  }
  // Here the header's duration is the time of the end, 12 s, though only 2 s are there.
  for (const char* name : {"late.mkv", "late.ts", "late.mp4"}) {
    EXPECT_FALSE(read_all(remux(file("base.mp4"), name, "-output_ts_offset 10")).damage.any()) << name;
  }
}

TEST_F(VideoReaderDamage, AnMp4WithoutItsIndexIsRefusedWithAdvice) {
  base();
  const Error error = error_of([&] { read_all(cut("base.mp4")); });
  EXPECT_EQ(error.exit_code(), ExitCode::kInputUnreadable);
  EXPECT_NE(error.advice().find("index is missing"), std::string::npos);
}

TEST_F(VideoReaderDamage, NothingToRead) {
  write_file(file("zero.mp4"), "");
  EXPECT_NE(std::string(error_of([&] { read_all(file("zero.mp4")); }).what()).find("is empty"), std::string::npos);

  std::mt19937 random(5);
  std::string bytes(20000, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  write_file(file("random.mp4"), bytes);
  EXPECT_EQ(error_of([&] { read_all(file("random.mp4")); }).exit_code(), ExitCode::kInputUnreadable);

  EXPECT_EQ(error_of([&] { read_all(file("absent.mp4")); }).exit_code(), ExitCode::kInputUnreadable);

  encode("testsrc2=s=64x48:d=1", "-t 0 -c:v libx264", "empty.mkv");
  const Error empty = error_of([&] { read_all(file("empty.mkv")); });
  EXPECT_EQ(empty.exit_code(), ExitCode::kInputUnreadable);
  EXPECT_NE(std::string(empty.what()).find("no frames"), std::string::npos);
}

TEST_F(VideoReaderDamage, FlippedBytesKeepTheTiming) {
  std::string bytes = file_bytes(base());
  const std::size_t data = bytes.find("mdat");
  const std::size_t index = bytes.find("moov");
  ASSERT_LT(data, index);
  std::mt19937 random(1);
  for (int flip = 0; flip < 40; ++flip) {
    const auto bits = static_cast<unsigned>(1 + random() % 255);
    flip_bits(bytes[data + 400 + random() % (index - data - 800)], bits);
  }
  write_file(file("flipped.mp4"), bytes);
  const ReadResult result = read_all(file("flipped.mp4"));
  EXPECT_GT(result.damage.damaged_frames, 5);
  EXPECT_TRUE(result.rises_strictly());
  std::int64_t flagged = 0;
  for (const FrameFacts& facts : result.frames) {
    EXPECT_EQ(facts.pts % 512, 0) << "a lost frame leaves a gap, never a shift";
    flagged += facts.damaged;
  }
  EXPECT_EQ(flagged, result.damage.damaged_frames);
  EXPECT_GT(result.frames.size(), 40u);
}

TEST_F(VideoReaderDamage, ThreadsSeeTheSameDamage) {
  std::string bytes = file_bytes(base());
  const std::size_t data = bytes.find("mdat");
  std::mt19937 random(3);
  for (int flip = 0; flip < 60; ++flip) {
    const auto bits = static_cast<unsigned>(1 + random() % 255);
    flip_bits(bytes[data + 400 + random() % 60000], bits);
  }
  write_file(file("flipped.mp4"), bytes);
  const auto damaged_with = [&](int threads) {
    ReadOptions options;
    options.decoder_threads = threads;
    std::vector<std::int64_t> stamps;
    for (const FrameFacts& facts : read_all(file("flipped.mp4"), options).frames) {
      if (facts.damaged) stamps.push_back(facts.pts);
    }
    return stamps;
  };
  const std::vector<std::int64_t> expected = damaged_with(1);
  EXPECT_GT(expected.size(), 10u);
  for (int run = 0; run < 10; ++run) EXPECT_EQ(damaged_with(2 + run % 3), expected) << run;
}

TEST_F(VideoReaderDamage, AHoleInAMatroskaFileIsSeen) {
  std::string bytes = file_bytes(remux(base(), "hole.mkv"));
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2), 20000, '\0');
  write_file(file("hole.mkv"), bytes);
  const ReadResult result = read_all(file("hole.mkv"));
  EXPECT_GT(result.frames.size(), 20u);
  EXPECT_GT(result.damage.container_warnings, 0);
}

TEST_F(VideoReaderDamage, NoiseIsCountedNotFatal) {
  const ReadResult result = read_all(remux(base(), "noise.mkv", "-bsf:v noise=amount=20"));
  EXPECT_GT(result.frames.size(), 10u);
  EXPECT_GT(result.damage.decode_errors, 0);
  EXPECT_GT(result.damage.damaged_frames, 0);
  EXPECT_TRUE(result.rises_strictly());
}

TEST_F(VideoReaderDamage, EveryCutOfAFileEndsInFramesOrAnError) {
  base();
  for (const char* name : {"small.mkv", "small.ts", "small.avi"}) {
    const std::string bytes = file_bytes(remux(file("base.mp4"), name, "-t 0.4"));
    for (std::size_t length = 1; length < bytes.size(); length += bytes.size() / 23) {
      write_file(file("part"), bytes.substr(0, length));
      try {
        const ReadResult result = read_all(file("part"));
        EXPECT_TRUE(result.rises_strictly());
        EXPECT_FALSE(result.frames.empty());
      } catch (const Error& error) {
        EXPECT_EQ(error.exit_code(), ExitCode::kInputUnreadable) << error.what();
        EXPECT_FALSE(error.advice().empty());
      }
    }
  }
}

TEST_F(VideoReaderDamage, RefusesPicturesBeyondTheLimit) {
  base();
  ReadOptions options;
  options.max_pixels = std::int64_t{100} * 100;
  EXPECT_EQ(error_of([&] { read_all(file("base.mp4"), options); }).exit_code(), ExitCode::kInputUnreadable);
}

}  // namespace
}  // namespace reelface
