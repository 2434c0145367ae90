// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "reelface/inference/model_traits.h"

namespace reelface {

/// What distinguishes one window network from another, read off its tensors. A value.
struct WindowShape {
  int frames = 0;                      ///< crops in a window; odd
  std::vector<std::int64_t> channels;  ///< by level, the largest picture first
  std::vector<int> encoder_blocks;     ///< by level
  std::vector<int> decoder_blocks;     ///< by level, one fewer than the encoder has
  int crop_size = 0;                   ///< side of a crop: the file's metadata `crop_size`, else 256
  bool enlarges = false;               ///< has a second output, the picture at twice its size: `last2`

  /// Sides of pictures that it takes are multiples of this: each level halves them.
  int step() const { return 1 << channels.size(); }
};

/// Throws Error(kModelRejected) unless the checkpoint holds exactly such a network.
WindowShape infer_window_shape(const Checkpoint& checkpoint);

/// Such a network invents nothing. One that enlarges works on whole pictures.
ModelTraits traits_of(const WindowShape& shape);

/// The start of a block's tensors' names; `side` is "encoder" or "decoder".
std::string window_block_name(const char* side, std::size_t level, int block);

}  // namespace reelface
