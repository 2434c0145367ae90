// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "media/libav/ptr.h"

namespace reelface {

/// How the units of a packet are told apart: 0 = by start codes, else by lengths of so many bytes before each.
int bytes_of_unit_length(AVCodecID codec, const std::uint8_t* extradata, std::size_t size);

/// A digest of all that a packet says about the size of pictures and how they are turned: parameter sets, sequence
/// headers. None where it says nothing. For H.264, HEVC, VVC, MPEG-1, MPEG-2 and MPEG-4 video. Reads up to the first
/// coded picture only.
std::optional<std::uint64_t> parameter_digest(AVCodecID codec, int bytes_of_unit_length, const std::uint8_t* data,
                                              std::size_t size);

}  // namespace reelface
