// SPDX-License-Identifier: Apache-2.0
// Stamps that nobody measured: nothing may overflow (the undefined-behaviour sanitizer watches), frames keep their
// order.
#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "media/decode/frame_chain.h"
#include "media/encode/frame_timeline.h"
#include "media/libav/error.h"
#include "media/libav/frame_storage.h"
#include "media/libav/stamps.h"
#include "media/parts/joined_video.h"
#include "media/parts/packet_file.h"
#include "media/read/packet_shelf.h"
#include "media/read/read_session.h"
#include "media/write/tag_copy.h"
#include "support/temporary_folder.h"
#include "unit/media/made_up_source.h"
#include "unit/media/media_fixture.h"
#include "unit/media/rewrite.h"

namespace reelface {
namespace {

using testing::MadeUpSource;
using testing::Stamped;

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kNone = kNoTimestamp;
constexpr AVRational kCoarsest = {std::numeric_limits<int>::max(), 1}, kFinest = {1, std::numeric_limits<int>::max()};
constexpr AVRational kUsual = {1, 1000};

struct Film {
  AVRational video_base = kUsual;
  AVRational sound_base = kUsual;
  std::int64_t start = 0;  ///< microseconds
  std::vector<Stamped> packets;
};

struct ReadFilm {
  std::vector<FrameFacts> frames;
  std::vector<std::int64_t> sound;  ///< presentation stamps
};

ReadFilm read(const Film& film, const ReadOptions& options = {}) {
  ReadSession session(std::make_unique<MadeUpSource>(film.video_base, film.sound_base, film.start, film.packets),
                      options, nullptr);
  ReadFilm result;
  while (std::optional<MediaUnit> unit = session.next()) {
    if (unit->frame) result.frames.push_back(unit->frame->facts());
    for (const EncodedPacketPtr& packet : unit->packets) result.sound.push_back(packet->packet->pts);
  }
  session.start_offset_microseconds();
  session.damage();
  return result;
}

void expect_rising(const ReadFilm& film) {
  for (std::size_t frame = 1; frame < film.frames.size(); ++frame)
    EXPECT_GT(film.frames[frame].pts, film.frames[frame - 1].pts) << frame;
  for (const FrameFacts& frame : film.frames) EXPECT_GT(frame.duration, 0);
}

TEST(HostileStamps, AStartFarBeforeAFineClock) {
  // The start as ticks of the video is no number of 64 bits.
  const Film film{kFinest, kUsual, -(kMost / 4), {{0, 0, 0, 1}, {0, 1, 1, 1}, {1, 7, 7, 1}}};
  const ReadFilm result = read(film);
  ASSERT_EQ(result.frames.size(), 2u) << "stamps are garbage once they are moved there, pictures are not";
  expect_rising(result);
}

TEST(HostileStamps, TheEndOfTheLastFrame) {
  const std::int64_t far = kMost / 4;
  const Film film{kUsual, kUsual, 0, {{0, -far, -far, 0}, {0, far, far, far}, {1, far, far, far}}};
  ReadOptions counted;
  counted.range.first_frame = 0;
  const ReadFilm result = read(film, counted);
  ASSERT_EQ(result.frames.size(), 2u);
  expect_rising(result);
  EXPECT_EQ(result.frames[1].pts - result.frames[0].pts, 2 * far);
}

TEST(HostileStamps, ARangeThatBeginsWithAFrameAtTheEndOfTime) {
  const std::int64_t far = kMost / 4;
  for (const AVRational time_base : {kCoarsest, kUsual}) {
    const Film film{time_base, time_base, 0, {{0, far - 2, far - 2, 1}, {1, far, far, 1}, {0, far, far, 1}}};
    ReadOptions counted;
    counted.range.first_frame = 0;
    counted.range.end_frame = 2;
    const ReadFilm result = read(film, counted);
    ASSERT_EQ(result.frames.size(), 2u);
    EXPECT_EQ(result.frames[1].pts - result.frames[0].pts, 2);
    for (const FrameFacts& frame : result.frames) EXPECT_GE(frame.pts, 0) << av_q2d(time_base);
  }
}

TEST(HostileStamps, AnOriginThatSomebodyElseWroteDown) {
  for (const std::int64_t origin : {kMost, -kMost, kNone}) {
    const Film film{kFinest, kFinest, 0, {{0, 0, 0, 1}, {1, 0, 0, 1}, {0, 5, 5, 1}}};
    ReadOptions options;
    options.time_origin_microseconds = origin;
    EXPECT_EQ(read(film, options).frames.size(), 2u);
  }
}

TEST(HostileStamps, AllOfThemInAllClocks) {
  const std::int64_t nasty[] = {kNone, kNone + 1, -(kMost / 2), -(kMost / 4), -1, 0, 1, kMost / 8, kMost / 4, kMost};
  for (const auto& [video, sound] :
       std::vector<std::pair<AVRational, AVRational>>{{kUsual, kUsual}, {kFinest, kCoarsest}, {kCoarsest, kFinest}}) {
    for (const std::int64_t start : {kNone, -(kMost / 4), std::int64_t{0}, kMost / 4, kMost}) {
      Film film{video, sound, start, {}};
      for (const std::int64_t stamp : nasty) {
        film.packets.push_back({0, stamp, kNone, kMost});
        film.packets.push_back({1, stamp, stamp, kNone});
        film.packets.push_back({0, kNone, stamp, -5});
        film.packets.push_back({0, stamp, stamp, stamp});
      }
      const ReadFilm result = read(film);
      EXPECT_EQ(result.frames.size(), 3 * std::size(nasty)) << "no picture is lost";
      expect_rising(result);
    }
  }
}

TEST(HostileStamps, DecodingTimesOnly) {
  FrameChain chain(1, {}, {}, {}, Deinterlace::kOff, 1);
  std::deque<FramePtr> finished;
  AVPacket packet{};
  packet.pts = kNone;
  packet.dts = -kMost;
  chain.see_packet(packet);
  for (const std::int64_t stamp : {kMost, kMost / 4, kMost / 4 + 1}) {
    FramePtr frame = new_frame();
    frame->format = AV_PIX_FMT_GRAY8;
    frame->width = frame->height = 4;
    ASSERT_GE(av_frame_get_buffer(frame.get(), 0), 0);
    frame->best_effort_timestamp = stamp;
    chain.push(std::move(frame), finished);
  }
  ASSERT_EQ(finished.size(), 3u);
  for (std::size_t frame = 1; frame < 3; ++frame) EXPECT_GT(finished[frame]->pts, finished[frame - 1]->pts);
}

TEST(HostileStamps, PacketsThatAreMovedToTheRangesStart) {
  ReadRange range;
  range.from_seconds = 1e9;
  const ReadWindow window(range);
  for (const AVRational time_base : {kCoarsest, kUsual, AVRational{1, 1'000'000'000}}) {
    PacketShelf shelf;
    const PacketPtr packet = new_packet();
    packet->pts = kMost;
    packet->dts = -kMost;
    packet->duration = kMost;
    shelf.put(*packet, time_base, window);
    for (const EncodedPacketPtr& taken : shelf.take_all(window)) {
      EXPECT_EQ(taken->packet->dts, kNone) << "garbage";
      EXPECT_GE(taken->packet->duration, 0);
    }
  }
}

TEST(HostileStamps, DecodingAheadOfTheFirstFrame) {
  FrameTimeline timeline(FrameTimeline::Mode::kCounting);
  timeline.enter(-kMost, kMost);
  AVPacket packet{};
  packet.pts = 0;
  packet.dts = -3;
  timeline.leave(packet);
  EXPECT_EQ(packet.dts, -kMost) << "as far out as there are numbers";
}

VideoEncoder encoder_for(const char* container, AVRational time_base) {
  SourceVideo source;
  source.codec = AV_CODEC_ID_FFV1;
  source.format = AV_PIX_FMT_YUV420P;
  source.width = source.height = 16;
  source.time_base = time_base;
  WriteOptions options;
  options.codec = "ffv1";
  const ContainerRules rules(av_guess_format(container, nullptr, nullptr));
  return {source, options, {&rules}};
}

TEST(HostileStamps, FramesForTheEncoder) {
  VideoEncoder encoder = encoder_for("matroska", kFinest);
  FrameFacts facts;
  facts.time_base = {std::numeric_limits<int>::max(), 1};
  facts.pts = facts.duration = kMost;
  EXPECT_EQ(encoder.next_stamp(facts).pts, kMost);
  facts.pts = kNone;
  EXPECT_EQ(encoder.next_stamp(facts).pts, kMost) << "what follows the end of the numbers";
}

TEST(HostileStamps, FramesForAContainerThatOnlyCounts) {
  VideoEncoder encoder = encoder_for("avi", {1, 25});
  FrameFacts facts;
  facts.time_base = {1, 25};
  facts.pts = -kMost;
  encoder.next_stamp(facts);
  facts.pts = kMost;
  EXPECT_EQ(encoder.next_stamp(facts).pts, 0) << "as many frames behind the first one as there are numbers";
}

class HostilePackets : public testing::MediaTest {};

TEST_F(HostilePackets, OnTheWayIntoAContainer) {
  VideoReader reader(base());
  VideoWriter writer(reader, file("out.mkv"), testing::with_codec("ffv1"));
  const auto give = [&writer](const EncodedPacket& packet, std::int64_t stamp) {
    auto changed = std::make_shared<EncodedPacket>();
    changed->packet = new_packet();
    check_libav(av_packet_ref(changed->packet.get(), packet.packet.get()), "sharing", ExitCode::kOutOfMemory);
    changed->packet->pts = changed->packet->dts = changed->packet->duration = stamp;
    changed->input_stream = packet.input_stream;
    changed->time_base = packet.time_base;
    writer.write(EncodedPacketPtr(std::move(changed)));
  };
  // Some containers take packets without stamps and some do not. Whatever they say, they say it.
  try {
    while (std::optional<MediaUnit> unit = reader.next()) {
      for (const EncodedPacketPtr& packet : unit->packets) {
        for (const std::int64_t stamp : {kMost, kMost - 1, kMost}) give(*packet, stamp);
      }
      if (unit->frame) writer.write(std::move(*unit->frame));
    }
    writer.finish();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kOutputUnwritable);
  }
}

TEST(HostileStamps, PartsOfFilmsThatReachFromEndToEnd) {
  const testing::TemporaryFolder folder;
  const auto write = [](const std::string& path, std::int64_t frames_told) {
    PacketFileWriter writer(path, {"h264", {1, 90000}, {1, 2, 3}});
    for (const std::int64_t stamp : {0, 2, 1}) {
      const PacketPtr packet = new_packet();
      check_libav(av_new_packet(packet.get(), 4), "making a packet", ExitCode::kOutOfMemory);
      packet->pts = packet->dts = stamp;
      writer.write(*packet);
    }
    writer.finish({"label", frames_told, 3});
  };
  const std::vector<VideoEncoder::Stamp> stamps = {{-kMost, 1}, {0, 1}, {kMost, 1}};
  write(folder.file("0"), 3);
  JoinedVideo video({folder.file("0")}, stamps, 2, [](const PacketFileReader&) {});
  const PacketPtr packet = new_packet();
  while (video.read(*packet)) {
    EXPECT_LE(packet->dts, packet->pts);
    av_packet_unref(packet.get());
  }
  // And parts that lie about how many frames they hold.
  write(folder.file("1"), kMost);
  JoinedVideo lying({folder.file("1"), folder.file("1")}, stamps, 0, [](const PacketFileReader&) {});
  EXPECT_THROW(while (lying.read(*packet)) av_packet_unref(packet.get()), Error);
}

TEST(HostileStamps, Chapters) {
  const std::unique_ptr<AVFormatContext, void (*)(AVFormatContext*)> from(avformat_alloc_context(),
                                                                          avformat_free_context),
      to(avformat_alloc_context(), avformat_free_context);
  AVChapter chapter{};
  AVChapter* chapters[] = {&chapter};
  chapter.time_base = kFinest;
  chapter.start = -kMost;
  chapter.end = kMost;
  from->chapters = chapters;
  from->nb_chapters = 1;
  copy_chapters(*to, *from, -(kMost / 2));
  from->chapters = nullptr;
  from->nb_chapters = 0;
  ASSERT_EQ(to->nb_chapters, 1u);
  EXPECT_GE(to->chapters[0]->start, 0);
  EXPECT_GT(to->chapters[0]->end, to->chapters[0]->start);
}

TEST(Stamps, SumsEndAtTheEndsOfTheNumberRange) {
  EXPECT_EQ(sum_of_stamps(3, 4), 7);
  EXPECT_EQ(sum_of_stamps(kMost, 1), kMost);
  EXPECT_EQ(sum_of_stamps(-kMost, -1), -kMost) << "and not at the number that stands for none";
  EXPECT_EQ(difference_of_stamps(-kMost, kMost), -kMost);
  EXPECT_EQ(difference_of_stamps(kMost, -kMost), kMost);
  EXPECT_EQ(difference_of_stamps(0, kNone), kMost);
  EXPECT_EQ(product_of_stamp(-3, kMost), -kMost);
  EXPECT_EQ(product_of_stamp(-3, 5), -15);
  EXPECT_EQ(sound_stamp(kMost), kNone);
  EXPECT_EQ(sound_stamp(kNone), kNone);
  EXPECT_EQ(sound_stamp(-5), -5);
  EXPECT_EQ(sound_duration(-5), 0);
  EXPECT_EQ(sound_duration(kMost), 0);
  EXPECT_EQ(sound_duration(40), 40);
}

}  // namespace
}  // namespace reelface
