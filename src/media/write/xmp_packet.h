// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "media/libav/ptr.h"
#include "reelface/media/video_writer.h"

namespace reelface {

/// The packet among the tags; empty if there is none.
std::string xmp_of(const WriteOptions& options);

/// An XMP packet as a box of its own, to be written behind everything else of an MP4 or MOV file.
std::string xmp_box(std::string_view xmp);

/// A picture's file with an XMP packet in it; without one if pictures of this codec hold none that is known here.
std::vector<std::uint8_t> with_xmp(const std::uint8_t* file, std::size_t size, AVCodecID codec, std::string_view xmp);

}  // namespace reelface
