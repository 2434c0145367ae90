// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "reelface/image/frame.h"

namespace reelface {

struct FrameBytes {
  std::int64_t count = 0;
  std::string md5;  ///< lower-case hexadecimal
};

/// A frame's samples as libav would write them one after the other, rows without padding. Throws for formats that libav
/// does not know.
FrameBytes frame_bytes(const Frame& frame);

}  // namespace reelface
