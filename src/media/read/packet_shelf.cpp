// SPDX-License-Identifier: Apache-2.0
#include "media/read/packet_shelf.h"

#include <memory>
#include <utility>

#include "media/libav/frame_storage.h"
#include "media/libav/stamps.h"

namespace reelface {
namespace {

constexpr std::size_t kBookkeepingBytes = 512;  // of a packet without any payload

std::size_t bytes_of(const AVPacket& packet) {
  std::size_t bytes = kBookkeepingBytes + static_cast<std::size_t>(packet.size);
  for (int index = 0; index < packet.side_data_elems; ++index) bytes += packet.side_data[index].size;
  return bytes;
}

std::int64_t start_of(const AVPacket& packet) {
  return packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
}

bool starts_before(const EncodedPacket& packet, std::int64_t stamp, AVRational time_base) {
  const std::int64_t start = start_of(*packet.packet);
  return start == AV_NOPTS_VALUE || av_compare_ts(start, packet.time_base, stamp, time_base) < 0;
}

/// AVI counts sound in ticks of a whole packet; moved by anything else, such stamps would be off by half of one.
void refine_time_base(EncodedPacket& packet) {
  constexpr double kCoarseSeconds = 1.0 / 10000;
  const AVRational fine = {1, AV_TIME_BASE};
  if (av_q2d(packet.time_base) <= kCoarseSeconds) return;
  av_packet_rescale_ts(packet.packet.get(), packet.time_base, fine);
  packet.time_base = fine;
  drop_garbage(*packet.packet);
}

}  // namespace

void PacketShelf::put(AVPacket& packet, AVRational time_base, const ReadWindow& window) {
  if (window.place_of(start_of(packet), time_base) != ReadWindow::Place::kInside) {
    av_packet_unref(&packet);
    return;
  }
  EncodedPacket kept;
  kept.packet = new_packet();
  kept.input_stream = packet.stream_index;
  kept.time_base = time_base;
  bytes_ += bytes_of(packet);
  av_packet_move_ref(kept.packet.get(), &packet);
  packets_.push_back(std::move(kept));
}

template <class Predicate>
std::vector<EncodedPacketPtr> PacketShelf::take_if(const ReadWindow& window, Predicate may_leave) {
  const std::int64_t offset = window.offset_microseconds();
  std::vector<EncodedPacketPtr> taken;
  std::deque<EncodedPacket> kept;
  for (EncodedPacket& packet : packets_) {
    if (!may_leave(packet)) {
      kept.push_back(std::move(packet));
      continue;
    }
    bytes_ -= bytes_of(*packet.packet);
    if (window.place_of(start_of(*packet.packet), packet.time_base) != ReadWindow::Place::kInside) continue;
    if (offset != 0) refine_time_base(packet);
    move_stamps(*packet.packet, -rescale(offset, {1, AV_TIME_BASE}, from_libav(packet.time_base)));
    taken.push_back(std::make_shared<const EncodedPacket>(std::move(packet)));
  }
  packets_ = std::move(kept);
  return taken;
}

void PacketShelf::forget_before(std::int64_t stamp, AVRational time_base) {
  std::deque<EncodedPacket> kept;
  for (EncodedPacket& packet : packets_) {
    const bool has_time = start_of(*packet.packet) != AV_NOPTS_VALUE;
    if (has_time && starts_before(packet, stamp, time_base)) {
      bytes_ -= bytes_of(*packet.packet);
    } else {
      kept.push_back(std::move(packet));
    }
  }
  packets_ = std::move(kept);
}

std::vector<EncodedPacketPtr> PacketShelf::take(const ReadWindow& window, std::int64_t end, AVRational time_base) {
  if (!window.counts_frames()) return take_all(window);
  return take_if(window, [&](const EncodedPacket& packet) { return starts_before(packet, end, time_base); });
}

std::vector<EncodedPacketPtr> PacketShelf::take_all(const ReadWindow& window) {
  return take_if(window, [](const EncodedPacket&) { return true; });
}

}  // namespace reelface
