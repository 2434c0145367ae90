// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace reelface {

/// The inner loops of the detector, on rows of pixels with their channels beside each other. Written by hand because
/// the network's layers are so thin that a general convolution spends most of its time on everything else. Channels are
/// multiples of 16.
struct YunetKernels {
  /// 1x1 convolution of `pixels` pixels. `weights` [in][out].
  void (*pointwise)(const float* input, std::ptrdiff_t pixels, int in_channels, const float* weights, const float* bias,
                    int out_channels, float* output);
  /// 3x3 convolution of every channel by itself, of one row. `rows`: the rows above, at and below, each beginning one
  /// pixel left of the first. `weights` [9][channels].
  void (*depthwise_row)(const float* const* rows, std::ptrdiff_t pixels, int channels, const float* weights,
                        const float* bias, bool relu, float* output);
  /// 3x3 convolution of stride 2 from 3 to 16 channels with ReLU, of one row. `rows` as above, `weights` [27][16].
  void (*first_row)(const float* const* rows, std::ptrdiff_t pixels, const float* weights, const float* bias,
                    float* output);
};

// One source, compiled for several instruction sets; null where the compiler was not asked for that set.
const YunetKernels* yunet_kernels_avx512();
const YunetKernels* yunet_kernels_avx2();
const YunetKernels* yunet_kernels_baseline();

/// The fastest this processor can run.
const YunetKernels& yunet_kernels();

}  // namespace reelface
