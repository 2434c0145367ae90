// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "reelface/core/rgb_image.h"

namespace reelface {

/// The picture as a JPEG file in memory, colour at full size. `quality` 1 (small) to 100. For reports and previews.
std::vector<std::uint8_t> encode_jpeg(RgbView8 picture, int quality = 85);

/// The same as a PNG file, without loss; packed lightly, because it is sent once and not kept.
std::vector<std::uint8_t> encode_png(RgbView8 picture);

}  // namespace reelface
