// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "reelface/core/rgb_image.h"

namespace reelface::testing {

/// Reads an 8-bit RGB PNG without interlacing. Here so that the inference tests need no picture library.
/// Throws std::runtime_error. Not hardened: for reference pictures only.
RgbImage8 read_png(const std::string& path);

RgbImageF read_png_as_float(const std::string& path);  ///< 0..1

/// The five pictures of a window: NAME_0.png to NAME_4.png.
std::vector<RgbImageF> read_png_window(const std::string& folder, const std::string& name);

}  // namespace reelface::testing
