// SPDX-License-Identifier: Apache-2.0
#include "inference/kernels/row_kernels.inl"

#include "core/instruction_set.h"

namespace reelface {

void pack_rows(const float* weights, int out, int in, int side, int channels, float* packed) {
  const int taps = side * side;
  for (int block = 0; block < out; block += kOutputBlock) {
    for (int tap = 0; tap < taps; ++tap) {
      for (int channel = 0; channel < channels; ++channel) {
        for (int to = block; to < block + kOutputBlock; ++to) {
          const bool is_there = to < out && channel < in;
          *packed++ = is_there ? weights[(std::ptrdiff_t{to} * in + channel) * taps + tap] : 0;
        }
      }
    }
  }
}

const RowKernels* row_kernels_baseline() {
  return &kRowKernels<4>;
}

const RowKernels& row_kernels() {
  return *fastest_for_this_processor(row_kernels_avx512(), row_kernels_avx2(), row_kernels_baseline());
}

}  // namespace reelface
