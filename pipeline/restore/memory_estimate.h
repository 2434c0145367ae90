#pragma once

#include <cstddef>
#include <cstdint>

#include "reelface/image/frame.h"

namespace reelface {

/// Bytes of one frame's samples.
std::int64_t bytes_of_frame(const FrameFacts& facts);

/// What a run needs at most, roughly: measured on x264 and FFV1 at 180 to 2160 lines, right within a third.
struct MemoryNeed {
  FrameFacts read;               ///< what frames are like on their way in …
  FrameFacts written;            ///< … and out
  std::size_t frames_alive = 0;  ///< at most, between reading and writing
  bool restores_faces = false;
  bool knows_people = false;  ///< asks who a face is
  bool uses_libtorch = false;

  std::int64_t bytes() const;
};

/// Throws Error(kOutOfMemory) when more is needed than `limit_bytes` (0 = no limit).
void check_memory(const MemoryNeed& need, std::int64_t limit_bytes);

}  // namespace reelface
