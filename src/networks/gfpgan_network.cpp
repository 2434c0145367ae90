// SPDX-License-Identifier: Apache-2.0
#include "networks/gfpgan_network.h"

namespace reelface {

GfpganNetwork::GfpganNetwork(const Checkpoint& checkpoint, const GfpganShape& shape, const Placement& placement)
    : GfpganNetwork(Weights(checkpoint), shape, placement) {}

GfpganNetwork::GfpganNetwork(const Weights& weights, const GfpganShape& shape, const Placement& placement)
    : unet_(weights, shape, placement),
      decoder_(weights, shape, placement),
      levels_(static_cast<std::size_t>(shape.log_size() - 2)) {}

at::Tensor GfpganNetwork::restore(const at::Tensor& pictures) const {
  GfpganUnet::State seen = unet_.look(pictures);
  GfpganDecoder::State painted = decoder_.begin(seen.style_codes);
  for (std::size_t level = 0; level < levels_; ++level) {
    decoder_.paint(painted, level, seen.style_codes, unet_.next_condition(seen));
  }
  return painted.rgb;
}

}  // namespace reelface
