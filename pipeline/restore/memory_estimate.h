// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "reelface/image/frame.h"
#include "reelface/pipeline/line_outline.h"

namespace reelface {

/// What a run needs at most, roughly: measured on x264 up to its slow presets and on FFV1, at 180 to 2160 lines and on
/// one to eight threads; right within a third. x264's `veryslow` needs half as much again.
struct MemoryNeed {
  FrameFacts read;  ///< what frames are like on their way in
  LineOutline line;
  std::size_t frames_alive = 0;  ///< at most, between reading and writing
  int threads = 1;               ///< of the decoder, and of the encoder

  std::int64_t bytes() const;
};

/// Throws Error(kOutOfMemory) when more is needed than `limit_bytes` (0 = no limit).
void check_memory(const MemoryNeed& need, std::int64_t limit_bytes);

}  // namespace reelface
