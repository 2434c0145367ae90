// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "inference/layers/network_description.h"
#include "networks/convolution.h"

namespace reelface {

/// Runs a network's layers with LibTorch. Immutable after construction.
class TorchNetwork {
 public:
  /// The checkpoint must have the network's tensors. `input`: what it will mostly see; only speed depends on it, and on
  /// a CPU rounding.
  TorchNetwork(const Checkpoint& checkpoint, NetworkDescription network, PictureSize input, const Placement& placement);

  /// [n, channels, height, width], channels-last. Returns the maps that the description names as outputs.
  std::vector<at::Tensor> run(const at::Tensor& input) const;

 private:
  using Maps = std::vector<at::Tensor>;

  void apply(std::size_t index, Maps& maps) const;

  NetworkDescription network_;
  std::vector<Convolution> convolutions_;    ///< by layer; empty ones where a layer is none
  std::vector<at::Tensor> slopes_;           ///< by layer; likewise
  std::vector<std::vector<int>> last_used_;  ///< by layer: maps that no later one reads
};

}  // namespace reelface
