// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "inference/layers/network_description.h"
#include "inference/native/layers.h"

namespace reelface {

/// Runs a network's layers on one core in fp32, with nothing but kernels of our own. Immutable after construction;
/// thread-safe with a workspace per call.
class NetworkCpu {
 public:
  /// What a picture passes through, kept from call to call: claiming it anew costs a tenth of the time.
  struct Workspace {
    std::vector<FeatureMap> maps;  ///< by number; the first is the input, channels that the network does not have are 0
    FeatureMap bordered;
    Numbers scratch;
  };

  /// The checkpoint must have the network's tensors. `height` and `width` of the input that it will mostly see; only
  /// speed, and the rounding of small maps, depends on them.
  NetworkCpu(const Checkpoint& checkpoint, NetworkDescription network, int height, int width);

  Workspace make_workspace(int height, int width) const;

  /// From the workspace's first map to those that the description names as outputs, or the first so many of them: the
  /// layers behind those are left out.
  void run(Workspace& workspace) const { run(workspace, network_.outputs.size()); }
  void run(Workspace& workspace, std::size_t outputs) const;

 private:
  struct Step {
    std::optional<BorderedLayer> bordered;  ///< of the two, the one that computes the layer, if it is a convolution
    std::optional<OpenLayer> open;
    std::vector<float> slopes;  ///< of kSlopes
    int channels = 0;           ///< that the map it reads has, without empty ones
  };

  std::size_t layers_up_to(std::size_t outputs) const;
  void convolve(const LayerDescription& layer, const Step& step, Workspace& workspace) const;

  NetworkDescription network_;
  std::vector<Step> steps_;  ///< by layer
  int input_channels_;       ///< of the first map
};

}  // namespace reelface
