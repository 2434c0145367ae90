// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "inference/layers/network_description.h"
#include "inference/layers/upscaler_shape.h"

namespace reelface {

/// The layers of a network that enlarges single pictures of 0..1. Its output is, of a compact one, as large as the
/// picture: colour * scale² + scale * row + column of the square that each pixel becomes, to be added to that pixel
/// repeated. Of a residual dense one it is the enlarged picture; that one is given squares of block_side² pixels,
/// colour * block_side² + block_side * row + column.
NetworkDescription describe_upscaler(const UpscalerShape& shape);

/// "compact upscaler, 4 times"
std::string upscaler_name(const UpscalerShape& shape);

/// What the maps of a network take for an input of so many pixels each way, in bytes.
std::int64_t bytes_of_maps(const NetworkDescription& network, int side);

/// How far around a pixel the picture counts for it: of a compact network all that does; of the other what is seen of
/// more than three hundred pixels.
int reach_of(const UpscalerShape& shape);

/// The convolution of this number of a compact network.
std::string compact_layer_name(int number);

/// The layer, 0..4, of one of the three parts of a block.
std::string dense_layer_name(int block, int part, int layer);

}  // namespace reelface
