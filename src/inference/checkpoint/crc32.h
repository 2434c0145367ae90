// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "inference/checkpoint/byte_view.h"

namespace reelface {

/// The CRC-32 that zip files carry.
std::uint32_t crc32(ByteView bytes);

}  // namespace reelface
