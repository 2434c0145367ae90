#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "inference/window_shape.h"
#include "networks/convolution.h"

namespace reelface {

/// The residual U-Net behind `faithful`: looks at a window of aligned crops of one face and says what to add to the
/// middle one. It works at half the crop's size: pixels of a 2x2 square lie behind each other as channels.
/// Immutable after construction.
class WindowNetwork {
 public:
  WindowNetwork(const Checkpoint& checkpoint, const WindowShape& shape, const Placement& placement);

  /// `unshuffled`: [n, frames * 12, size / 2, size / 2], channels-last; channel (frame * 3 + colour) * 4 + 2 * row +
  /// column, values -1..1. Returns [n, 12, size / 2, size / 2], channels in the same order: the correction.
  at::Tensor correction(const at::Tensor& unshuffled) const;

 private:
  struct Block {
    Convolution first;
    Convolution second;
  };

  static at::Tensor apply(const std::vector<Block>& blocks, at::Tensor features);

  Convolution first_;
  Convolution last_;
  std::vector<std::vector<Block>> encoder_;
  std::vector<std::vector<Block>> decoder_;
  std::vector<Convolution> down_;
  std::vector<Convolution> up_;
};

}  // namespace reelface
