// SPDX-License-Identifier: Apache-2.0
#include "inference/kernels/winograd_kernels.inl"

#include "core/instruction_set.h"

namespace reelface {

std::size_t winograd_weight_count(int in_channels, int out_channels) {
  return static_cast<std::size_t>(kWinogradPlaces * std::ptrdiff_t{in_channels} * out_channels);
}

void pack_weights(const float* weights, int in_channels, int out_channels, float* packed) {
  for (int block = 0; block < out_channels; block += kOutputBlock) {
    for (int in = 0; in < in_channels; ++in) {
      for (int tap = 0; tap < 9; ++tap) {
        for (int out = block; out < block + kOutputBlock; ++out)
          *packed++ = weights[9 * (std::ptrdiff_t{out} * in_channels + in) + tap];
      }
    }
  }
}

std::size_t winograd_scratch_count(int in_channels, int out_channels) {
  return static_cast<std::size_t>(whole_lines(in_channels) +
                                  kWinogradPlaces * (place_stride(in_channels) + place_stride(out_channels)));
}

const WinogradKernels* winograd_kernels_baseline() {
  return &kWinogradKernels<4>;
}

const WinogradKernels& winograd_kernels() {
  return *fastest_for_this_processor(winograd_kernels_avx512(), winograd_kernels_avx2(), winograd_kernels_baseline());
}

}  // namespace reelface
