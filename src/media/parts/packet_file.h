// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "core/sha256.h"
#include "core/unfinished_file.h"
#include "media/libav/ptr.h"

namespace reelface {

/// What all packets of a file have in common.
struct PacketFileHeader {
  std::string codec;  ///< libav's name
  AVRational time_base{1, 1};
  std::vector<std::uint8_t> extradata;
};

/// What is known at the end.
struct PacketFileTrailer {
  std::string label;
  std::int64_t frames = 0;
  std::int64_t packets = 0;
};

/// Packets of one stream in decoding order, whole: stamps in their own ticks, flags, side data; a SHA-256 at the end.
/// No container keeps all of these for every codec. Written on one machine and read on another of the same byte order.
class PacketFileWriter {
 public:
  PacketFileWriter(const std::string& path, const PacketFileHeader& header);

  void write(const AVPacket& packet);
  /// Whole and on the disk under its name when this returns. Returns the file's length in bytes.
  std::int64_t finish(const PacketFileTrailer& trailer);

 private:
  template <class Number>
  void put(Number number);
  void put_bytes(const void* data, std::size_t size);
  void flush();

  UnfinishedFile file_;
  Sha256 checksum_;
  std::string buffer_;
  std::int64_t bytes_ = 0;
};

/// Throws Error(kInputUnreadable) for anything that such a writer has not written. A file whose checksum is wrong is
/// found out by its last read(). Thread-safety: one call at a time.
class PacketFileReader {
 public:
  explicit PacketFileReader(const std::string& path);

  const PacketFileHeader& header() const { return header_; }
  const std::string& path() const { return path_; }

  /// Presentation stamps of all packets in decoding order; looks the file over without reading the packets.
  std::vector<std::int64_t> presentation_stamps();

  /// What the end of the file says, unproven; no packet is read.
  PacketFileTrailer glance();

  /// False behind the last packet; trailer() is valid then.
  bool read(AVPacket& packet);
  const PacketFileTrailer& trailer() const { return trailer_; }
  std::int64_t size_bytes() const { return size_bytes_; }

 private:
  template <class Number>
  Number get();
  void get_bytes(void* data, std::size_t size);
  std::string get_text();
  std::uint64_t bytes_left();
  void read_header();
  void pass_over(std::uint64_t size);
  void read_unproven(void* data, std::size_t size);
  std::vector<std::int64_t> pass_over_packets();
  void read_trailer();
  [[noreturn]] void fail(const std::string& what) const;

  std::string path_;
  std::ifstream file_;
  std::int64_t size_bytes_ = 0;
  Sha256 checksum_;
  PacketFileHeader header_;
  PacketFileTrailer trailer_;
  std::int64_t packets_ = 0;
};

}  // namespace reelface
