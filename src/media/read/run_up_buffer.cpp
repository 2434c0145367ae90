// SPDX-License-Identifier: Apache-2.0
#include "media/read/run_up_buffer.h"

#include <utility>

#include "media/libav/frame_storage.h"

namespace reelface {
namespace {

constexpr std::size_t kMostBytes = 64 << 20;

}  // namespace

void RunUpBuffer::put(AVPacket& packet, AVRational time_base, std::vector<PacketPtr>& due) {
  const bool has_time = packet.dts != AV_NOPTS_VALUE;
  const bool is_early = has_time && static_cast<double>(packet.dts) * av_q2d(time_base) <= seconds_;
  if (is_passing_ && is_early && (packet.flags & AV_PKT_FLAG_KEY) != 0) {
    kept_.clear();
    kept_bytes_ = 0;
  }
  kept_.push_back(new_packet());
  kept_bytes_ += static_cast<std::size_t>(packet.size);
  av_packet_move_ref(kept_.back().get(), &packet);
  if (is_passing_ && is_early && kept_bytes_ < kMostBytes) return;
  is_passing_ = false;
  for (PacketPtr& one : take_all()) due.push_back(std::move(one));
}

std::vector<PacketPtr> RunUpBuffer::take_all() {
  kept_bytes_ = 0;
  return std::exchange(kept_, {});
}

}  // namespace reelface
