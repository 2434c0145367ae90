// SPDX-License-Identifier: Apache-2.0
// Every frame at its time: counts, stamps, durations, the shift between sound and pictures.
#include <gtest/gtest.h>

#include "unit/media/media_fixture.h"

namespace reelface {
namespace {

using testing::read_all;
using testing::ReadResult;
using testing::run_ffmpeg;

using VideoReaderTime = testing::MediaTest;

std::vector<std::int64_t> steps(std::size_t count, std::int64_t step) {
  std::vector<std::int64_t> stamps;
  stamps.reserve(count);
  for (std::size_t index = 0; index < count; ++index) stamps.push_back(static_cast<std::int64_t>(index) * step);
  return stamps;
}

TEST_F(VideoReaderTime, DrainsTheDecoder) {
  const std::string name = base();
  for (const int threads : {1, 3}) {
    ReadOptions options;
    options.decoder_threads = threads;
    const ReadResult result = read_all(name, options);
    EXPECT_EQ(result.stamps(), steps(50, 512));
    EXPECT_EQ(result.frames.back().duration, 512);
    EXPECT_EQ(result.packet_seconds.at(1).size(), 95u);
    EXPECT_NEAR(result.packet_seconds.at(1).front(), -1024.0 / 48000, 1e-6);
    EXPECT_FALSE(result.damage.any());
    EXPECT_EQ(result.damage.decoded_frames, 50);
    EXPECT_EQ(result.damage.repaired_timestamps, 0);
  }
}

TEST_F(VideoReaderTime, KeepsVariableRatesExactly) {
  const std::string frames =
      "-f lavfi -i \"testsrc2=s=160x120:r=30:d=3,select='not(mod(n,3))+not(mod(n,7))+gt(n,80)'\" -fps_mode vfr ";
  run_ffmpeg(frames + "-c:v libx264 -video_track_timescale 90000 " + file("vfr.mp4"));
  const std::string listed =
      testing::output_of("ffprobe -v error -select_streams v -show_entries frame=pts -of csv=p=0 " + file("vfr.mp4"));
  std::vector<std::int64_t> expected;
  for (std::size_t start = 0; start < listed.size(); start = listed.find('\n', start) + 1) {
    if (listed[start] != '\n') expected.push_back(std::stoll(listed.substr(start)));
  }
  ASSERT_EQ(expected.size(), 44u);
  const ReadResult mp4 = read_all(file("vfr.mp4"));
  EXPECT_EQ(mp4.stamps(), expected);
  EXPECT_EQ(mp4.frames.back().duration, 3000);

  const ReadResult mkv = read_all(remux(file("vfr.mp4"), "vfr.mkv"));
  ASSERT_EQ(mkv.frames.size(), expected.size());
  // AVI has decoding times only; the pictures belong where the MP4 has them all the same. Nothing in the file says when
  // the two are shown that come after the last of those times: they go on as those before, and here that is right.
  const ReadResult avi = read_all(remux(file("vfr.mp4"), "vfr.avi"));
  ASSERT_EQ(avi.frames.size(), expected.size());
  for (std::size_t index = 0; index < expected.size(); ++index) {
    EXPECT_NEAR(mkv.seconds(index), mp4.seconds(index), 0.00051);
    EXPECT_NEAR(avi.seconds(index), mp4.seconds(index), 1e-9);
  }
}

TEST_F(VideoReaderTime, AviWithoutPresentationTimes) {
  const ReadResult result = read_all(remux(base(), "bf.avi"));
  ASSERT_EQ(result.frames.size(), 50u);
  for (std::size_t index = 0; index < 50; ++index)
    EXPECT_NEAR(result.seconds(index), 0.04 * static_cast<double>(index), 1e-9);
  EXPECT_NEAR(seconds(result.frames.back().duration, result.frames.back().time_base), 0.04, 1e-9);
}

TEST_F(VideoReaderTime, AviWithPackedPictures) {
  // Xvid packs two pictures into one chunk; libav stamps some of them in decoding order and some not at all.
  base();
  run_ffmpeg("-i " + file("base.mp4") + " -c:v libxvid -bf 2 -an " + file("xvid.avi"));
  const ReadResult result = read_all(file("xvid.avi"));
  EXPECT_EQ(result.stamps(), steps(result.frames.size(), 1));
  EXPECT_GE(result.frames.size(), 48u) << "the encoder itself leaves out the last two";
}

TEST_F(VideoReaderTime, FramesMayLastLong) {
  encode("testsrc2=s=64x48:r=1/20:d=120", "-c:v libx264", "slow.mp4");
  for (const std::string& name :
       {file("slow.mp4"), remux(file("slow.mp4"), "slow.mkv"), remux(file("slow.mp4"), "slow.ts")}) {
    const ReadResult result = read_all(name);
    ASSERT_EQ(result.frames.size(), 6u) << name;
    for (std::size_t index = 0; index < 6; ++index)
      EXPECT_NEAR(result.seconds(index), 20.0 * static_cast<double>(index), 1e-6);
    EXPECT_EQ(result.damage.repaired_timestamps, 0) << name;
  }
}

TEST_F(VideoReaderTime, RawStreamsGetStampsFromTheGivenRate) {
  remux(base(), "raw.h264", "-an -f h264");
  ReadOptions options;
  const ReadResult usual = read_all(file("raw.h264"), options);
  ASSERT_EQ(usual.frames.size(), 50u);
  EXPECT_NEAR(usual.seconds(49), 1.96, 1e-9);
  EXPECT_EQ(usual.damage.repaired_timestamps, 50);
}

TEST_F(VideoReaderTime, RawStreamsWithoutAnyRate) {
  run_ffmpeg("-f lavfi -i testsrc2=s=64x48:r=25:d=1 -c:v mpeg4 -f m4v " + file("raw.m4v"));
  ReadOptions options;
  options.frame_rate = Rational{50, 1};
  const ReadResult result = read_all(file("raw.m4v"), options);
  ASSERT_EQ(result.frames.size(), 25u);
  EXPECT_TRUE(result.rises_strictly());
}

TEST_F(VideoReaderTime, FollowsEditLists) {
  base();
  run_ffmpeg("-ss 0.52 -i " + file("base.mp4") + " -c copy " + file("elst.mp4"));
  const ReadResult result = read_all(file("elst.mp4"));
  EXPECT_EQ(result.stamps(), steps(37, 512)) << "40 packets, of which 37 are shown";
  EXPECT_FALSE(result.damage.any());
}

TEST_F(VideoReaderTime, KeepsTheShiftBetweenSoundAndPictures) {
  base();
  run_ffmpeg("-i " + file("base.mp4") + " -itsoffset 0.5 -i " + file("base.mp4") + " -map 0:v -map 1:a -c copy " +
             file("late.mkv"));
  const ReadResult late = read_all(file("late.mkv"));
  EXPECT_NEAR(late.packet_seconds.at(1).front() - late.seconds(0), 0.479, 0.001);
  run_ffmpeg("-itsoffset 0.5 -i " + file("base.mp4") + " -i " + file("base.mp4") + " -map 0:v -map 1:a -c copy " +
             file("early.mkv"));
  const ReadResult early = read_all(file("early.mkv"));
  EXPECT_NEAR(early.packet_seconds.at(1).front() - early.seconds(0), -0.521, 0.002);
}

TEST_F(VideoReaderTime, CountsOnThroughTheWrapOfTransportStreamClocks) {
  const ReadResult result = read_all(remux(base(), "wrap.ts", "-f mpegts -output_ts_offset 95441"));
  ASSERT_EQ(result.frames.size(), 50u);
  for (std::size_t index = 1; index < 50; ++index)
    EXPECT_EQ(result.frames[index].pts - result.frames[index - 1].pts, 3600);
  EXPECT_NEAR(result.seconds(0), 0.021, 0.001);
  EXPECT_NEAR(result.packet_seconds.at(1).front(), 0, 0.001);
}

TEST_F(VideoReaderTime, JoinsRecordingsAndKeepsOneSize) {
  remux(base(), "a.ts");
  run_ffmpeg("-f lavfi -i testsrc2=s=320x180:r=25:d=1 -f lavfi -i sine=f=440:r=48000:d=1 -c:v libx264 -c:a aac " +
             file("b.ts"));
  testing::write_file(file("ab.ts"), testing::file_bytes(file("a.ts")) + testing::file_bytes(file("b.ts")));
  const ReadResult result = read_all(file("ab.ts"));
  ASSERT_EQ(result.frames.size(), 75u);
  for (std::size_t index = 1; index < 75; ++index)
    EXPECT_EQ(result.frames[index].pts - result.frames[index - 1].pts, 3600);
  const std::vector<double>& sound = result.packet_seconds.at(1);
  for (std::size_t index = 1; index < sound.size(); ++index) {
    EXPECT_GT(sound[index], sound[index - 1]);
    EXPECT_LT(sound[index] - sound[index - 1], 2 * 1024.0 / 48000);
  }
  EXPECT_NEAR(sound.back(), 3.0, 0.03);
  EXPECT_EQ(result.damage.size_changes, 25);
  EXPECT_EQ(result.damage.boxed_frames, 25);
  EXPECT_FALSE(result.damage.any()) << "the counters that jump at the seam are no damage";
  EXPECT_EQ(result.frames.back().width, 160);
  EXPECT_EQ(result.frames.back().height, 120);
}

TEST_F(VideoReaderTime, OneFrame) {
  run_ffmpeg("-f lavfi -i testsrc2=s=64x48:r=25:d=1 -frames:v 1 -c:v libx264 -bf 2 " + file("one.mp4"));
  const ReadResult result = read_all(file("one.mp4"));
  EXPECT_EQ(result.stamps(), steps(1, 512));
  EXPECT_EQ(result.frames[0].duration, 512);
}

TEST_F(VideoReaderTime, CoverArtIsCarriedAndNeverTheVideo) {
  base();
  run_ffmpeg("-f lavfi -i color=red:s=100x100 -frames:v 1 " + file("cover.png"));
  run_ffmpeg("-i " + file("base.mp4") + " -i " + file("cover.png") +
             " -map 1 -map 0 -c copy -disposition:v:0 attached_pic " + file("cover.mp4"));
  const ReadResult result = read_all(file("cover.mp4"));
  EXPECT_EQ(result.frames.size(), 50u);
  EXPECT_EQ(result.info.video.width, 160);
  std::int64_t covers = 0;
  for (const StreamInfo& stream : result.info.streams) {
    if (stream.kind == StreamKind::kCoverArt)
      covers += static_cast<std::int64_t>(result.packet_seconds.at(stream.index).size());
  }
  EXPECT_EQ(covers, 1);
  run_ffmpeg("-i " + file("base.mp4") + " -i " + file("cover.png") +
             " -map 0:a -map 1 -c copy -disposition:v:0 attached_pic " + file("song.m4a"));
  EXPECT_THROW(read_all(file("song.m4a")), Error) << "a song with a cover is no video";
}

}  // namespace
}  // namespace reelface
