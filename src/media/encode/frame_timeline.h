// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>

#include "media/libav/ptr.h"

namespace reelface {

/// Remembers the time of every frame on its way through the encoder, so that each packet leaves with its frame's exact
/// stamp and duration: libav's encoders forget durations, and some count frames instead of keeping stamps.
class FrameTimeline {
 public:
  enum class Mode {
    kStamps,   ///< the encoder is given the stamps
    kCounting  ///< the encoder is given 0, 1, 2…: the MPEG family, whose own time bases are too coarse
  };
  explicit FrameTimeline(Mode mode) : mode_(mode) {}

  /// Returns the stamp to give to the encoder. Stamps must rise.
  std::int64_t enter(std::int64_t pts, std::int64_t duration);
  /// Puts the frame's own stamps and duration on the packet.
  void leave(AVPacket& packet);

  std::int64_t entered() const { return entered_; }

 private:
  struct Entry {
    std::int64_t pts;
    std::int64_t duration;
  };
  std::int64_t stamp_at(std::int64_t count) const;

  Mode mode_;
  std::map<std::int64_t, Entry> entries_;  ///< by the stamp the encoder was given
  std::int64_t entered_ = 0;
  Entry first_{0, 0};
  Entry last_{0, 0};
};

}  // namespace reelface
