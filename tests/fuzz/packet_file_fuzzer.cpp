// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/sha256.h"
#include "file_in_memory.h"
#include "media/libav/frame_storage.h"
#include "media/parts/packet_file.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace {

void read_all(const std::string& path) {
  reelface::PacketFileReader reader(path);
  const std::size_t stamps = reader.presentation_stamps().size();
  const reelface::PacketFileTrailer glanced = reelface::PacketFileReader(path).glance();
  const reelface::PacketPtr packet = reelface::new_packet();
  std::size_t packets = 0;
  while (reader.read(*packet)) {
    av_packet_unref(packet.get());
    ++packets;
  }
  // What is passed over and what is read are the same file.
  const bool agree =
      packets == stamps && glanced.label == reader.trailer().label && glanced.frames == reader.trailer().frames;
  if (!agree || reader.trailer().frames < 0) std::abort();
}

}  // namespace

/// Magic word and checksum are made right here: no fuzzer would find them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const FileInMemory file;
  reelface::set_log_sink([](reelface::LogLevel, std::string_view) {});
  std::string bytes = "reelface packets 1\n" + std::string(reinterpret_cast<const char*>(data), size);
  bytes += reelface::sha256_of(bytes);
  try {
    read_all(file.path_of(bytes));
  } catch (const reelface::Error&) {
  }
  return 0;
}
