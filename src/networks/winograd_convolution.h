// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <vector>

namespace reelface {

/// A 3x3 convolution with a border of one zero on the CPU in fp32, with a quarter of the multiplications (see
/// winograd_kernels.h). LibTorch's libraries have none for processors without AVX-512. The same bytes come out with any
/// number of threads and any batch. Immutable after construction; safe to call from several threads.
class WinogradConvolution {
 public:
  /// Whether this shape can be had, and gains from it: on very small pictures the weights are read for too few tiles.
  static bool suits(std::int64_t out_channels, std::int64_t in_channels, std::int64_t height, std::int64_t width);

  /// `weight` [out, in, 3, 3] and `bias` [out] (or undefined), float32 on the CPU. Results below zero are multiplied by
  /// `negative_slope`.
  WinogradConvolution(const at::Tensor& weight, const at::Tensor& bias, float negative_slope);

  /// [n, in, h, w] to [n, out, h, w], channels-last. `addend` (or undefined) is like the result, and is added to it.
  at::Tensor operator()(const at::Tensor& input, const at::Tensor& addend) const;

 private:
  at::Tensor transformed() const;

  int in_channels_;
  int out_channels_;
  float negative_slope_;
  bool keeps_transformed_;
  at::Tensor weights_;  // transformed, or packed where that would be four times too large to keep
  at::Tensor bias_;
};

}  // namespace reelface
