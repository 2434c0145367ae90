// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/checkpoint/checkpoint.h"
#include "reelface/inference/model_traits.h"

namespace reelface {

/// What distinguishes one network that enlarges single pictures from another, read off its tensors. A value.
struct UpscalerShape {
  enum class Kind {
    kCompact,       ///< a chain of convolutions; the last makes the squares of pixels that are added to the picture
    kResidualDense  ///< blocks whose layers see those before them, behind which the picture is enlarged twice by two
  };

  Kind kind = Kind::kCompact;
  int scale = 4;
  int features = 64;
  int length = 0;       ///< convolutions between the first and the last, or blocks
  int growth = 0;       ///< features that each layer of a block adds; of kResidualDense
  int block_side = 1;   ///< pixels of so large a square lie behind each other as channels; of kResidualDense
  bool invents = true;  ///< unless the file's metadata `invents` says no: most are trained to paint detail
};

/// Throws Error(kModelRejected) unless the checkpoint holds exactly such a network.
UpscalerShape infer_upscaler_shape(const Checkpoint& checkpoint);

ModelTraits traits_of(const UpscalerShape& shape);

}  // namespace reelface
