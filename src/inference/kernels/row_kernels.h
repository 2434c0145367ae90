// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace reelface {

/// One row of a convolution without a border, of any filter and stride: what a pixel sees are `rows` runs of numbers,
/// `run` long each (the filter's width times the channels), for pixels lie beside each other with their channels.
struct RowTask {
  const float* input = nullptr;   ///< the first number that the first pixel sees
  std::ptrdiff_t next_pixel = 0;  ///< from there to what the next pixel sees: channels times stride
  std::ptrdiff_t next_row = 0;    ///< from one run to the next
  int rows = 1;
  int run = 0;
  const float* weights = nullptr;  ///< [out_channels / 16][rows * run][16]
  const float* bias = nullptr;     ///< [out_channels]
  float* output = nullptr;
  std::ptrdiff_t next_output = 0;  ///< from one pixel's results to the next one's
  int out_channels = 0;            ///< a multiple of 16
  float negative_slope = 1;        ///< what results below zero are multiplied by: 1 = no activation, 0 = ReLU
  bool adds = false;               ///< to what is there already
};

struct RowKernels {
  void (*convolve)(const RowTask& task, int pixels);
};

/// Lays out weights [out][in][side][side] as [ceil(out / 16)][side][side][channels][16], zeros where there are more
/// channels than `in`, or more in the last sixteen than there are.
void pack_rows(const float* weights, int out, int in, int side, int channels, float* packed);

// One source, compiled for several instruction sets; null where the compiler was not asked for that set.
const RowKernels* row_kernels_avx512();
const RowKernels* row_kernels_avx2();
const RowKernels* row_kernels_baseline();

/// The fastest this processor can run.
const RowKernels& row_kernels();

}  // namespace reelface
