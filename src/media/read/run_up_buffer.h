// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "media/libav/ptr.h"

namespace reelface {

/// Lets the beginning of a film pass undecoded where the container cannot be sought in: keeps the packets since the
/// last key frame, and gives them all once decoding has to begin. Bounded: a film without key frames is decoded whole.
class RunUpBuffer {
 public:
  /// Decoding has to begin with the last key frame at or before `seconds`.
  explicit RunUpBuffer(double seconds) : seconds_(seconds) {}

  /// Adds what is to be decoded now to `due`, in order; nothing while the beginning is still passing. Takes `packet`.
  void put(AVPacket& packet, AVRational time_base, std::vector<PacketPtr>& due);

  /// The end has come: everything kept.
  std::vector<PacketPtr> take_all();

 private:
  double seconds_;
  bool is_passing_ = true;
  std::vector<PacketPtr> kept_;
  std::size_t kept_bytes_ = 0;
};

}  // namespace reelface
