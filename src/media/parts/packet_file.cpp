// SPDX-License-Identifier: Apache-2.0
#include "media/parts/packet_file.h"

#include <cerrno>
#include <cstring>
#include <new>

#include "media/libav/error.h"
#include "media/libav/frame_storage.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr char kMagic[] = "reelface packets 1\n";
constexpr std::uint8_t kPacket = 'P';
constexpr std::uint8_t kEnd = 'E';
constexpr std::size_t kPacketBufferBytes = 1 << 20;
constexpr std::size_t kChecksumDigits = 64;

struct PacketHead {
  std::int64_t pts, dts, duration;
  std::int32_t flags;
  std::uint32_t side_data;
  std::uint64_t size;
};

}  // namespace

PacketFileWriter::PacketFileWriter(const std::string& path, const PacketFileHeader& header)
    : file_(path, Replacing::kOurOwn) {
  put_bytes(kMagic, sizeof kMagic - 1);
  put<std::uint64_t>(header.codec.size());
  put_bytes(header.codec.data(), header.codec.size());
  put<std::int32_t>(header.time_base.num);
  put<std::int32_t>(header.time_base.den);
  put<std::uint64_t>(header.extradata.size());
  put_bytes(header.extradata.data(), header.extradata.size());
}

template <class Number>
void PacketFileWriter::put(Number number) {
  put_bytes(&number, sizeof number);
}

void PacketFileWriter::put_bytes(const void* data, std::size_t size) {
  if (size == 0) return;
  checksum_.update(data, size);
  buffer_.append(static_cast<const char*>(data), size);
  if (buffer_.size() >= kPacketBufferBytes) flush();
}

void PacketFileWriter::flush() {
  file_.file().write(buffer_);
  bytes_ += static_cast<std::int64_t>(buffer_.size());
  buffer_.clear();
}

void PacketFileWriter::write(const AVPacket& packet) {
  put(kPacket);
  put(PacketHead{packet.pts, packet.dts, packet.duration, packet.flags,
                 static_cast<std::uint32_t>(packet.side_data_elems), static_cast<std::uint64_t>(packet.size)});
  put_bytes(packet.data, static_cast<std::size_t>(packet.size));
  for (int index = 0; index < packet.side_data_elems; ++index) {
    const AVPacketSideData& side = packet.side_data[index];
    put<std::int32_t>(side.type);
    put<std::uint64_t>(side.size);
    put_bytes(side.data, side.size);
  }
}

std::int64_t PacketFileWriter::finish(const PacketFileTrailer& trailer) {
  put(kEnd);
  put<std::uint64_t>(trailer.label.size());
  put_bytes(trailer.label.data(), trailer.label.size());
  put(trailer.frames);
  put(trailer.packets);
  buffer_ += checksum_.finish();
  flush();
  file_.seal();
  file_.publish();
  return bytes_;
}

PacketFileReader::PacketFileReader(const std::string& path) : path_(path), file_(path, std::ios::binary) {
  if (!file_) fail(std::string("it cannot be opened: ") + std::strerror(errno));
  file_.seekg(0, std::ios::end);
  size_bytes_ = file_.tellg();
  file_.seekg(0);
  read_header();
}

void PacketFileReader::fail(const std::string& what) const {
  throw Error(ExitCode::kInputUnreadable, "the part " + printable(path_) + " cannot be used: " + what,
              "make this part again");
}

std::uint64_t PacketFileReader::bytes_left() {
  return static_cast<std::uint64_t>(size_bytes_ - static_cast<std::int64_t>(file_.tellg()));
}

void PacketFileReader::get_bytes(void* data, std::size_t size) {
  if (size == 0) return;
  if (!file_.read(static_cast<char*>(data), static_cast<std::streamsize>(size))) fail("it ends too early");
  checksum_.update(data, size);
}

template <class Number>
Number PacketFileReader::get() {
  Number number{};
  get_bytes(&number, sizeof number);
  return number;
}

std::string PacketFileReader::get_text() {
  const auto size = get<std::uint64_t>();
  if (size > bytes_left()) fail("it ends too early");
  std::string text(size, '\0');
  get_bytes(text.data(), text.size());
  return text;
}

void PacketFileReader::read_header() {
  char magic[sizeof kMagic] = {};
  get_bytes(magic, sizeof kMagic - 1);
  if (std::strcmp(magic, kMagic) != 0) fail("it is no part of a film, or one of another version");
  header_.codec = get_text();
  header_.time_base.num = get<std::int32_t>();
  header_.time_base.den = get<std::int32_t>();
  if (header_.time_base.num <= 0 || header_.time_base.den <= 0) fail("its header is damaged");
  const std::string extradata = get_text();
  header_.extradata.assign(extradata.begin(), extradata.end());
}

void PacketFileReader::read_unproven(void* data, std::size_t size) {
  if (!file_.read(static_cast<char*>(data), static_cast<std::streamsize>(size))) fail("it ends too early");
}

void PacketFileReader::pass_over(std::uint64_t size) {
  if (size > bytes_left()) fail("it ends too early");
  file_.seekg(static_cast<std::streamoff>(size), std::ios::cur);
}

std::vector<std::int64_t> PacketFileReader::pass_over_packets() {
  std::vector<std::int64_t> stamps;
  for (std::uint8_t mark = 0; read_unproven(&mark, 1), mark == kPacket;) {
    PacketHead head{};
    read_unproven(&head, sizeof head);
    pass_over(head.size);
    for (std::uint32_t index = 0; index < head.side_data; ++index) {
      std::uint64_t size = 0;
      pass_over(sizeof(std::int32_t));
      read_unproven(&size, sizeof size);
      pass_over(size);
    }
    stamps.push_back(head.pts);
  }
  return stamps;
}

std::vector<std::int64_t> PacketFileReader::presentation_stamps() {
  const std::streampos start = file_.tellg();
  std::vector<std::int64_t> stamps = pass_over_packets();
  file_.seekg(start);
  return stamps;
}

PacketFileTrailer PacketFileReader::glance() {
  pass_over_packets();
  PacketFileTrailer trailer;
  trailer.label = get_text();
  trailer.frames = get<std::int64_t>();
  trailer.packets = get<std::int64_t>();
  return trailer;
}

bool PacketFileReader::read(AVPacket& packet) {
  const auto mark = get<std::uint8_t>();
  if (mark == kEnd) {
    read_trailer();
    return false;
  }
  if (mark != kPacket) fail("it is damaged");
  const auto head = get<PacketHead>();
  constexpr std::uint64_t kLargestPacket = std::uint64_t{1} << 30;
  if (head.size > bytes_left() || head.size > kLargestPacket) fail("it is damaged");
  check_libav(av_new_packet(&packet, static_cast<int>(head.size)), "reading a part", ExitCode::kOutOfMemory);
  get_bytes(packet.data, head.size);
  packet.pts = head.pts;
  packet.dts = head.dts;
  packet.duration = head.duration;
  packet.flags = head.flags;
  for (std::uint32_t index = 0; index < head.side_data; ++index) {
    const auto type = get<std::int32_t>();
    const auto size = get<std::uint64_t>();
    if (type < 0 || type >= AV_PKT_DATA_NB || index >= AV_PKT_DATA_NB) fail("it holds what this libav does not know");
    if (size > bytes_left()) fail("it is damaged");
    std::uint8_t* data = av_packet_new_side_data(&packet, static_cast<AVPacketSideDataType>(type), size);
    if (!data) throw std::bad_alloc();
    get_bytes(data, size);
  }
  ++packets_;
  return true;
}

void PacketFileReader::read_trailer() {
  trailer_.label = get_text();
  trailer_.frames = get<std::int64_t>();
  trailer_.packets = get<std::int64_t>();
  std::string told(kChecksumDigits, '\0');
  if (!file_.read(told.data(), kChecksumDigits)) fail("it ends too early");
  if (told != checksum_.finish()) fail("its checksum is wrong, so some of its bytes have changed");
  if (bytes_left() != 0) fail("there is more behind its end");
  if (packets_ != trailer_.packets) fail("packets are missing");
  if (trailer_.frames < 0) fail("it is damaged");
}

}  // namespace reelface
