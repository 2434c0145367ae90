// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/checkpoint/checkpoint.h"
#include "networks/gfpgan_decoder.h"
#include "networks/gfpgan_unet.h"

namespace reelface {

/// GFPGAN of the clean architecture (v1.2 to v1.4, and any other width and size). Immutable after construction.
class GfpganNetwork {
 public:
  /// The checkpoint must fit `shape` exactly; see check_tensors().
  GfpganNetwork(const Checkpoint& checkpoint, const GfpganShape& shape, const Placement& placement);

  /// [n, 3, size, size], channels-last, -1..1, in the network's number type; returns the same as float32, not clamped.
  at::Tensor restore(const at::Tensor& pictures) const;

  const GfpganUnet& unet() const { return unet_; }

 private:
  GfpganNetwork(const Weights& weights, const GfpganShape& shape, const Placement& placement);

  GfpganUnet unet_;
  GfpganDecoder decoder_;
  std::size_t levels_;
};

}  // namespace reelface
