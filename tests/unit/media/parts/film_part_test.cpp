// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/sha256.h"
#include "media/libav/frame_storage.h"
#include "media/parts/joined_video.h"
#include "media/parts/packet_file.h"
#include "reelface/core/error.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

PacketPtr packet_of(std::int64_t pts, std::int64_t dts, const std::string& bytes) {
  PacketPtr packet = new_packet();
  av_new_packet(packet.get(), static_cast<int>(bytes.size()));
  std::copy(bytes.begin(), bytes.end(), packet->data);
  packet->pts = pts;
  packet->dts = dts;
  packet->duration = 2;
  return packet;
}

/// Frames of 10 ticks each, shown in the order of `places`, decoded in the order they are listed.
void write_part(const std::string& path, const std::vector<std::int64_t>& places, std::int64_t first) {
  PacketFileWriter writer(path, {"h264", {1, 90000}, {1, 2, 3}});
  for (std::size_t decoded = 0; decoded < places.size(); ++decoded)
    writer.write(*packet_of(first + 10 * places[decoded], static_cast<std::int64_t>(decoded), std::string(100, 'x')));
  writer.finish({"label", static_cast<std::int64_t>(places.size()), static_cast<std::int64_t>(places.size())});
}

TEST(PacketFile, PacketsComeBackAsTheyWere) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.file("part");
  {
    PacketFileWriter writer(path, {"ffv1", {1001, 30000}, {9, 0, 9}});
    PacketPtr packet = packet_of(-5, AV_NOPTS_VALUE, "content");
    packet->flags = AV_PKT_FLAG_KEY;
    std::uint8_t* side = av_packet_new_side_data(packet.get(), AV_PKT_DATA_NEW_EXTRADATA, 4);
    std::fill(side, side + 4, 7);
    writer.write(*packet);
    EXPECT_FALSE(std::filesystem::exists(path)) << "there before it was finished";
    writer.finish({"a label", 1, 1});
  }
  PacketFileReader reader(path);
  EXPECT_EQ(reader.header().codec, "ffv1");
  EXPECT_EQ(reader.header().extradata, (std::vector<std::uint8_t>{9, 0, 9}));
  EXPECT_EQ(reader.presentation_stamps(), std::vector<std::int64_t>{-5});
  const PacketPtr packet = new_packet();
  ASSERT_TRUE(reader.read(*packet));
  EXPECT_EQ(packet->dts, AV_NOPTS_VALUE);
  EXPECT_EQ(packet->flags, AV_PKT_FLAG_KEY);
  EXPECT_EQ(std::string(packet->data, packet->data + packet->size), "content");
  ASSERT_EQ(packet->side_data_elems, 1);
  EXPECT_EQ(packet->side_data[0].data[3], 7);
  av_packet_unref(packet.get());
  EXPECT_FALSE(reader.read(*packet));
  EXPECT_EQ(reader.trailer().label, "a label");
}

void read_whole(const std::string& path) {
  PacketFileReader reader(path);
  reader.presentation_stamps();
  const PacketPtr packet = new_packet();
  while (reader.read(*packet)) av_packet_unref(packet.get());
}

/// With a checksum that is right: not everything that can be read is a packet.
TEST(PacketFile, SideDataOfNoKindIsRefused) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.file("part");
  {
    PacketFileWriter writer(path, {"ffv1", {1, 25}, {}});
    PacketPtr packet = packet_of(0, 0, "content");
    std::memset(av_packet_new_side_data(packet.get(), AV_PKT_DATA_NEW_EXTRADATA, 4), 'S', 4);
    writer.write(*packet);
    writer.finish({"a label", 1, 1});
  }
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  constexpr std::size_t kChecksumDigits = 64;
  const std::string good = text.str().substr(0, text.str().size() - kChecksumDigits);
  const std::size_t place = good.find("SSSS") - sizeof(std::uint64_t) - sizeof(std::int32_t);
  for (const std::int32_t type : {-1, int{AV_PKT_DATA_NB}, 1 << 30}) {
    std::string bytes = good;
    bytes.replace(place, sizeof type, reinterpret_cast<const char*>(&type), sizeof type);
    std::ofstream(path, std::ios::binary) << bytes << sha256_of(bytes);
    PacketFileReader reader(path);
    EXPECT_THROW(reader.read(*new_packet()), Error) << type;
  }
  std::ofstream(path, std::ios::binary) << good << sha256_of(good);
  const PacketPtr packet = new_packet();
  EXPECT_TRUE(PacketFileReader(path).read(*packet));
}

TEST(PacketFile, NoChangedByteAndNoMissingOneGoesUnnoticed) {
  const testing::TemporaryFolder folder;
  const std::string good = folder.file("good"), bad = folder.file("bad");
  write_part(good, {0, 2, 1}, 0);
  std::ifstream file(good, std::ios::binary);
  const std::string content((std::istreambuf_iterator<char>(file)), {});
  EXPECT_NO_THROW(read_whole(good));
  for (std::size_t place = 0; place < content.size(); ++place) {
    std::string changed = content;
    changed[place] = static_cast<char>(changed[place] ^ 0x40);
    std::ofstream(bad, std::ios::binary) << changed;
    EXPECT_THROW(read_whole(bad), Error) << "byte " << place;
    std::ofstream(bad, std::ios::binary) << content.substr(0, place);
    EXPECT_THROW(read_whole(bad), Error) << "cut at " << place;
  }
  std::ofstream(bad, std::ios::binary) << content + "x";
  EXPECT_THROW(read_whole(bad), Error);
}

std::vector<VideoEncoder::Stamp> even_stamps(std::size_t count) {
  std::vector<VideoEncoder::Stamp> stamps;
  stamps.reserve(count);
  for (std::size_t frame = 0; frame < count; ++frame) stamps.push_back({static_cast<std::int64_t>(frame) * 10, 10});
  return stamps;
}

TEST(JoinedVideo, DecodingStampsRiseOverBorders) {
  const testing::TemporaryFolder folder;
  write_part(folder.file("0"), {0, 3, 1, 2, 4}, 0);
  write_part(folder.file("1"), {0}, 50);
  write_part(folder.file("2"), {0, 2, 1}, 60);
  const auto stamps = even_stamps(9);
  JoinedVideo video({folder.file("0"), folder.file("1"), folder.file("2")}, stamps, 2, [](const PacketFileReader&) {});
  const PacketPtr packet = new_packet();
  std::vector<std::int64_t> shown;
  std::int64_t last = std::numeric_limits<std::int64_t>::min();
  while (video.read(*packet)) {
    EXPECT_GT(packet->dts, last);
    EXPECT_LE(packet->dts, packet->pts);
    EXPECT_EQ(packet->duration, 10);
    last = packet->dts;
    shown.push_back(packet->pts);
    av_packet_unref(packet.get());
  }
  EXPECT_EQ(shown, (std::vector<std::int64_t>{0, 30, 10, 20, 40, 50, 60, 80, 70}));
}

TEST(JoinedVideo, FramesMissingOrTooManyAreTold) {
  const testing::TemporaryFolder folder;
  write_part(folder.file("0"), {0, 1, 2}, 0);
  const auto read_all = [&](std::size_t frames) {
    const auto stamps = even_stamps(frames);
    JoinedVideo video({folder.file("0")}, stamps, 0, [](const PacketFileReader&) {});
    const PacketPtr packet = new_packet();
    while (video.read(*packet)) av_packet_unref(packet.get());
  };
  EXPECT_NO_THROW(read_all(3));
  EXPECT_THROW(read_all(4), Error);
  EXPECT_THROW(read_all(2), Error);
}

TEST(JoinedVideo, ReorderingIsMeasured) {
  EXPECT_EQ(reordering_depth(places_in_order({0, 10, 20})), 0);
  EXPECT_EQ(reordering_depth(places_in_order({0, 20, 10})), 1);
  EXPECT_EQ(reordering_depth(places_in_order({0, 40, 20, 10, 30})), 2);
}

}  // namespace
}  // namespace reelface
