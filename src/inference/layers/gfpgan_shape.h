// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "inference/checkpoint/tensor_check.h"
#include "reelface/inference/model_traits.h"

namespace reelface {

/// What distinguishes one GFPGAN-clean network from another, read off its tensors' shapes. A value.
struct GfpganShape {
  int out_size = 0;                     ///< side of the picture, a power of two
  int num_style_feat = 0;               ///< length of one style code
  int num_mlp = 0;                      ///< linear layers of the style network (unused when restoring)
  bool different_w = true;              ///< one style code for each layer, not one for all
  bool sft_half = true;                 ///< conditions modulate half of the decoder's channels
  std::map<int, int> unet_channels;     ///< by resolution, 4 to out_size
  std::map<int, int> decoder_channels;  ///< by resolution, 4 to out_size

  int log_size() const;  ///< out_size = 2^log_size
  int latent_count() const { return 2 * log_size() - 2; }
  int sft_channels(int resolution) const;
  double narrow() const;              ///< decoder channels relative to the published network
  double channel_multiplier() const;  ///< the published networks' constructor argument; 1 where it cannot be seen
};

/// Throws Error(kModelRejected) if the checkpoint is no GFPGAN of the clean architecture (v1.2 and newer).
GfpganShape infer_gfpgan_shape(const Checkpoint& checkpoint);

/// It paints what a face may have looked like.
ModelTraits gfpgan_traits();

/// Every tensor of such a network, in the order of its parts.
std::vector<ExpectedTensor> expected_gfpgan_tensors(const GfpganShape& shape);

}  // namespace reelface
