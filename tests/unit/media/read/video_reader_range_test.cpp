// SPDX-License-Identifier: Apache-2.0
// Parts of a film: cut exactly, the same pictures as in the whole, sound moved with them.
#include <gtest/gtest.h>

#include "unit/media/media_fixture.h"

namespace reelface {
namespace {

using testing::error_of;
using testing::read_all;
using testing::ReadResult;

class VideoReaderRange : public testing::MediaTest {
 protected:
  /// Eight seconds, 200 frames, a key frame every two seconds.
  std::string film() const {
    testing::run_ffmpeg(
        "-f lavfi -i testsrc2=s=96x64:r=25:d=8 -f lavfi -i sine=f=440:r=48000:d=8 -c:v libx264 -preset ultrafast -bf 3 "
        "-b_strategy 0 -g 50 -keyint_min 50 -sc_threshold 0 -pix_fmt yuv420p -c:a aac " +
        file("film.mp4"));
    return file("film.mp4");
  }
};

ReadOptions from_to(double from, double to) {
  ReadOptions options;
  options.range.from_seconds = from;
  options.range.to_seconds = to;
  return options;
}

ReadOptions frames(std::int64_t first, std::int64_t end) {
  ReadOptions options;
  options.range.first_frame = first;
  options.range.end_frame = end;
  return options;
}

std::vector<std::uint64_t> part(const std::vector<std::uint64_t>& all, std::size_t first, std::size_t end) {
  return {all.begin() + static_cast<std::ptrdiff_t>(first), all.begin() + static_cast<std::ptrdiff_t>(end)};
}

TEST_F(VideoReaderRange, GivesExactlyTheFramesBetween) {
  film();
  for (const char* name : {"film.mp4", "film.mkv", "film.ts", "film.avi", "frag.mp4"}) {
    if (std::string(name) == "frag.mp4") {
      remux(file("film.mp4"), name, "-movflags frag_keyframe+empty_moov+delay_moov");
    } else if (std::string(name) != "film.mp4") {
      remux(file("film.mp4"), name);
    }
    const ReadResult all = read_all(file(name));
    ASSERT_EQ(all.frames.size(), 200u) << name;
    const double shift = all.seconds(0);
    for (const std::size_t first : {1u, 50u, 51u, 99u, 130u}) {
      const std::size_t end = first + 37;
      const double from = all.seconds(first);
      const ReadResult timed = read_all(file(name), from_to(from, all.seconds(end)));
      EXPECT_EQ(timed.checksums, part(all.checksums, first, end)) << name << " " << first;
      EXPECT_NEAR(timed.seconds(0), 0, 0.0011);
      EXPECT_NEAR(timed.seconds(36), 36 * 0.04, 0.0011);
      const auto first_frame = static_cast<std::int64_t>(first);
      const ReadResult counted = read_all(file(name), frames(first_frame, first_frame + 37));
      EXPECT_EQ(counted.checksums, timed.checksums) << name << " " << first;
      EXPECT_EQ(counted.packet_seconds, timed.packet_seconds) << name << " " << first;
      const std::vector<double>& sound = timed.packet_seconds.at(1);
      EXPECT_GE(sound.front(), -1e-6);
      EXPECT_LT(sound.front(), 0.022);
      EXPECT_NEAR(sound.back(), 37 * 0.04, 0.022);
    }
    EXPECT_NEAR(shift, 0, 0.13) << name;
  }
}

TEST_F(VideoReaderRange, PartsThatTouchMakeTheWhole) {
  const ReadResult all = read_all(film());
  std::vector<std::uint64_t> joined;
  std::size_t packets = 0;
  for (const double from : {0.0, 1.3, 2.0, 4.333333, 7.9}) {
    ReadOptions options;
    options.range.from_seconds = from;
    if (from < 7.9) options.range.to_seconds = from == 0.0 ? 1.3 : from == 1.3 ? 2.0 : from == 2.0 ? 4.333333 : 7.9;
    const ReadResult one = read_all(file("film.mp4"), options);
    joined.insert(joined.end(), one.checksums.begin(), one.checksums.end());
    packets += one.packet_seconds.at(1).size();
  }
  EXPECT_EQ(joined, all.checksums);
  EXPECT_EQ(packets, all.packet_seconds.at(1).size());
}

TEST_F(VideoReaderRange, InterlacedPartsComeOutAsTheWhole) {
  encode("testsrc2=s=96x64:r=50:d=4,interlace=scan=tff", "-c:v libx264 -flags +ilme+ildct -x264opts tff=1 -g 25 -bf 2",
         "tff.mkv");
  const ReadResult all = read_all(file("tff.mkv"));
  ASSERT_EQ(all.frames.size(), 100u);
  for (const std::size_t first : {25u, 26u, 50u}) {
    const ReadResult one = read_all(file("tff.mkv"), from_to(all.seconds(first), all.seconds(first + 20)));
    EXPECT_EQ(one.checksums, part(all.checksums, first, first + 20)) << first;
  }
}

TEST_F(VideoReaderRange, OpenEnds) {
  const ReadResult all = read_all(film());
  ReadOptions from;
  from.range.from_seconds = 7.0;
  EXPECT_EQ(read_all(file("film.mp4"), from).checksums, part(all.checksums, 175, 200));
  ReadOptions to;
  to.range.to_seconds = 0.2;
  const ReadResult beginning = read_all(file("film.mp4"), to);
  EXPECT_EQ(beginning.checksums, part(all.checksums, 0, 5));
  EXPECT_LT(beginning.packet_seconds.at(1).front(), 0) << "the priming of the sound belongs to the beginning";
  ReadOptions count;
  count.range.end_frame = 1;
  EXPECT_EQ(read_all(file("film.mp4"), count).checksums, part(all.checksums, 0, 1));
  ReadOptions beyond = from_to(7.5, 100);
  EXPECT_EQ(read_all(file("film.mp4"), beyond).frames.size(), 12u);
}

TEST_F(VideoReaderRange, RefusesImpossibleRanges) {
  film();
  for (const ReadOptions& options : {from_to(2, 2), from_to(3, 2), from_to(-1, 2), frames(5, 5), frames(-1, 5),
                                     from_to(0.0 / 0.0, 2), from_to(1, 1e300), from_to(100, 200), frames(500, 600)}) {
    EXPECT_EQ(error_of([&] { read_all(file("film.mp4"), options); }).exit_code(), ExitCode::kUsage);
  }
  ReadOptions both = from_to(1, 2);
  both.range.first_frame = 3;
  EXPECT_EQ(error_of([&] { read_all(file("film.mp4"), both); }).exit_code(), ExitCode::kUsage);
}

}  // namespace
}  // namespace reelface
