// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "media/libav/encoded_packet.h"
#include "media/read/read_window.h"

namespace reelface {

/// Packets on their way past the decoder, until the frame they ride with is ready. Stamps count from the file's start;
/// take() moves them to the window's start.
class PacketShelf {
 public:
  /// Keeps the packet, which is emptied, unless it lies outside the window.
  void put(AVPacket& packet, AVRational time_base, const ReadWindow& window);

  /// Drops what lies before the window now that more of it is known: by frame numbers, it starts no sooner than
  /// `stamp`.
  void forget_before(std::int64_t stamp, AVRational time_base);

  /// All that may leave. When the window counts frames, only packets that start before `end`: where the window ends is
  /// known only when the frame behind it comes.
  std::vector<EncodedPacketPtr> take(const ReadWindow& window, std::int64_t end, AVRational time_base);

  /// The rest, at the end.
  std::vector<EncodedPacketPtr> take_all(const ReadWindow& window);

  std::size_t bytes() const { return bytes_; }

 private:
  template <class Predicate>
  std::vector<EncodedPacketPtr> take_if(const ReadWindow& window, Predicate may_leave);

  std::deque<EncodedPacket> packets_;
  std::size_t bytes_ = 0;
};

}  // namespace reelface
