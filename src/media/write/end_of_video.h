// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "media/libav/ptr.h"

namespace reelface {

/// Sees to it that video in MP4 and MOV lasts as long as its pictures are shown. Those containers add up the steps from
/// one decoding to the next and the last packet's duration. Where pictures are reordered that is another sum: the steps
/// begin with the first picture's delay and lack the last ones. The last packet is given what is missing or too much.
///
/// Keeps one packet back. Thread-safety: one call at a time.
class EndOfVideo {
 public:
  using Sink = std::function<void(AVPacket&)>;

  /// Takes the packet's contents; hands out the one before it.
  void pass(AVPacket& packet, const Sink& sink);

  /// Hands out the last packet.
  void finish(const Sink& sink);

 private:
  void remember(const AVPacket& packet);
  void mend_last() const;

  PacketPtr last_;                   ///< null before the first packet
  std::int64_t first_shown_ = 0;     ///< of the first packet
  std::int64_t first_decoded_ = 0;   ///< of the first packet
  std::int64_t decoded_before_ = 0;  ///< of the packet before the last
  std::int64_t end_ = 0;             ///< when the picture that is shown last goes
  std::int64_t packets_ = 0;
};

}  // namespace reelface
