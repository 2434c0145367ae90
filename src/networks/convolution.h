// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>
#include <ATen/core/ivalue.h>

#include <cstdint>
#include <optional>

#include "networks/placement.h"
#include "networks/winograd_convolution.h"

namespace reelface {

enum class Activation {
  kNone,
  kRelu,
  kLeakyRelu  ///< slope 0.2
};

/// Height and width of the picture a convolution will mostly see; only speed depends on it.
struct PictureSize {
  std::int64_t height = 0;
  std::int64_t width = 0;
};

struct ConvolutionSettings {
  std::int64_t stride = 1;
  std::int64_t padding = 0;
  Activation activation = Activation::kNone;
  PictureSize expected_input;
};

/// A convolution with its activation. Tensors go in and come out channels-last. On a CPU the weights are laid out once,
/// at construction, the way oneDNN or our own kernels want them: done at each call, as at::conv2d does, that costs up
/// to half of the time for small pictures. Immutable after construction; safe to call from several threads.
class Convolution {
 public:
  Convolution() = default;
  /// `weight` [out, in, k, k] and `bias` [out] (or undefined) are float32 on the CPU.
  Convolution(const at::Tensor& weight, const at::Tensor& bias, const ConvolutionSettings& settings,
              const Placement& placement);

  /// `addend` (or undefined), like the result, is added behind the activation.
  at::Tensor operator()(const at::Tensor& input, const at::Tensor& addend = {}) const;

 private:
  at::Tensor convolve(const at::Tensor& input) const;

  ConvolutionSettings settings_;
  at::Tensor weight_;
  at::Tensor bias_;
  std::optional<c10::IValue> packed_;
  std::optional<WinogradConvolution> winograd_;
};

}  // namespace reelface
