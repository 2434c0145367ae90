#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "networks/convolution.h"

namespace reelface {

/// The residual network that turns an aligned crop into 128 numbers. On the CPU, in float32: at 0.4 GFLOP a face that
/// is little beside restoring. Immutable after construction, safe to call from several threads.
class DescriptorNetwork {
 public:
  static constexpr int kCropSize = 150;
  static constexpr int kNumbers = 128;

  /// Throws Error(kModelRejected) unless the checkpoint holds exactly this network.
  explicit DescriptorNetwork(const Checkpoint& checkpoint);

  /// [n, 3, 150, 150], channels-last, RGB 0..1; returns [n, 128].
  at::Tensor describe(const at::Tensor& crops) const;

 private:
  struct Block {
    bool goes_down = false;
    std::int64_t out_channels = 0;
    Convolution first;
    Convolution second;
  };
  static at::Tensor apply(const Block& block, const at::Tensor& features);

  Convolution stem_;
  std::vector<Block> blocks_;
  at::Tensor last_;
};

}  // namespace reelface
