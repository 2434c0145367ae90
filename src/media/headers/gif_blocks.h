// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace reelface {

/// Whether a packet of a GIF is made of whole blocks from its first byte to its last, as a sound one is. Where the file
/// has a hole, libav's parser takes everything behind it for one packet, and says nothing.
bool is_made_of_gif_blocks(const std::uint8_t* data, std::size_t size);

}  // namespace reelface
