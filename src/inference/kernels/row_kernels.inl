// SPDX-License-Identifier: Apache-2.0
// Included once per instruction set, inside files that are compiled with it; see register_block.inl.
#include "inference/kernels/register_block.inl"
#include "inference/kernels/row_kernels.h"

namespace reelface {
namespace {

template <int kLanes, int kPixels, int kVectors>
inline __attribute__((always_inline)) void convolve_pixels(const RowTask& task, int pixel, int first) {
  const std::ptrdiff_t block = std::ptrdiff_t{task.rows} * task.run * kOutputBlock;
  const float* weights = task.weights + first / kOutputBlock * block;
  Vector<kLanes> sums[kPixels][kVectors] = {};
  for (int row = 0; row < task.rows; ++row) {
    multiply_add<kLanes, kPixels, kVectors>(task.input + pixel * task.next_pixel + row * task.next_row, task.next_pixel,
                                            task.run, weights + std::ptrdiff_t{row} * task.run * kOutputBlock, block,
                                            sums);
  }
#pragma GCC unroll 16
  for (int number = 0; number < kPixels; ++number) {
#pragma GCC unroll 16
    for (std::ptrdiff_t vector = 0; vector < kVectors; ++vector) {
      float* to = task.output + (pixel + number) * task.next_output + first + vector * kLanes;
      Vector<kLanes> value = activated<kLanes>(sums[number][vector] + load<kLanes>(task.bias + first + vector * kLanes),
                                               task.negative_slope);
      if (task.adds) value += load<kLanes>(to);
      store<kLanes>(value, to);
    }
  }
}

template <int kLanes, int kPixels, int kVectors>
void convolve_columns(const RowTask& task, int pixels) {
  for (int first = 0; first < task.out_channels; first += kVectors * kLanes) {
    for_rows<kPixels>(
        pixels, [&](int pixel, auto count) __attribute__((always_inline)) {
          convolve_pixels<kLanes, decltype(count)::value, kVectors>(task, pixel, first);
        });
  }
}

template <int kLanes>
void convolve_row(const RowTask& task, int pixels) {
  if constexpr (kLanes == 16) {
    convolve_columns<16, 12, 1>(task, pixels);
  } else if constexpr (kLanes == 8) {
    convolve_columns<8, 6, 2>(task, pixels);
  } else {
    convolve_columns<4, 3, 4>(task, pixels);
  }
}

template <int kLanes>
constexpr RowKernels kRowKernels = {convolve_row<kLanes>};

}  // namespace
}  // namespace reelface
