// SPDX-License-Identifier: Apache-2.0
// Included once per instruction set, inside files that are compiled with it. No standard header with code in it may be
// included here: the linker keeps one copy of an inline function, and that copy must run on every processor.
#include "inference/detector/yunet_kernels.h"

namespace reelface {
namespace {

constexpr int kLanes = REELFACE_LANES;
using Vector = float __attribute__((vector_size(4 * REELFACE_LANES)));

inline Vector load(const float* from) {
  Vector value;
  __builtin_memcpy(&value, from, sizeof value);  // floats lie where they like
  return value;
}
inline void store(Vector value, float* to) {
  __builtin_memcpy(to, &value, sizeof value);
}
inline Vector positive(Vector value) {
  const Vector zero = {};
  return value > zero ? value : zero;
}

/// kPixels pixels by kVectors vectors of output channels, all sums in registers.
template <int kPixels, int kVectors>
inline __attribute__((always_inline)) void pointwise_tile(const float* input, int in_channels, const float* weights,
                                                          const float* bias, int out_channels, float* output) {
  Vector sums[kPixels][kVectors];
#pragma GCC unroll 16
  for (std::ptrdiff_t vector = 0; vector < kVectors; ++vector) {
#pragma GCC unroll 16
    for (int pixel = 0; pixel < kPixels; ++pixel) sums[pixel][vector] = load(bias + vector * kLanes);
  }
  for (std::ptrdiff_t channel = 0; channel < in_channels; ++channel) {
    Vector weight[kVectors];
#pragma GCC unroll 16
    for (std::ptrdiff_t vector = 0; vector < kVectors; ++vector)
      weight[vector] = load(weights + channel * out_channels + vector * kLanes);
#pragma GCC unroll 16
    for (std::ptrdiff_t pixel = 0; pixel < kPixels; ++pixel) {
      const float value = input[pixel * in_channels + channel];
#pragma GCC unroll 16
      for (int vector = 0; vector < kVectors; ++vector) sums[pixel][vector] += value * weight[vector];
    }
  }
#pragma GCC unroll 16
  for (std::ptrdiff_t pixel = 0; pixel < kPixels; ++pixel) {
#pragma GCC unroll 16
    for (std::ptrdiff_t vector = 0; vector < kVectors; ++vector) {
      store(sums[pixel][vector], output + pixel * out_channels + vector * kLanes);
    }
  }
}

template <int kPixels, int kVectors>
void pointwise_columns(const float* input, std::ptrdiff_t pixels, int in_channels, const float* weights,
                       const float* bias, int out_channels, float* output) {
  for (int first = 0; first < out_channels; first += kVectors * kLanes) {
    std::ptrdiff_t pixel = 0;
    for (; pixel + kPixels <= pixels; pixel += kPixels) {
      pointwise_tile<kPixels, kVectors>(input + pixel * in_channels, in_channels, weights + first, bias + first,
                                        out_channels, output + pixel * out_channels + first);
    }
    for (; pixel < pixels; ++pixel) {
      pointwise_tile<1, kVectors>(input + pixel * in_channels, in_channels, weights + first, bias + first, out_channels,
                                  output + pixel * out_channels + first);
    }
  }
}

void pointwise(const float* input, std::ptrdiff_t pixels, int in_channels, const float* weights, const float* bias,
               int out_channels, float* output) {
  if (kLanes == 16 && out_channels % 64 == 0) {
    pointwise_columns<6, 4>(input, pixels, in_channels, weights, bias, out_channels, output);
  } else if (kLanes == 16) {
    pointwise_columns<12, 1>(input, pixels, in_channels, weights, bias, out_channels, output);
  } else {
    pointwise_columns<6, 2>(input, pixels, in_channels, weights, bias, out_channels, output);
  }
}

/// kPixels neighbours at once: each input vector is loaded once for the three sums that it belongs to.
template <int kPixels>
inline __attribute__((always_inline)) void depthwise_tile(const float* const* rows, std::ptrdiff_t offset, int channels,
                                                          const Vector* weights, const float* bias, bool relu,
                                                          float* output) {
  Vector sums[kPixels];
#pragma GCC unroll 8
  for (int pixel = 0; pixel < kPixels; ++pixel) sums[pixel] = load(bias);
#pragma GCC unroll 3
  for (int row = 0; row < 3; ++row) {
    const float* from = rows[row] + offset;
#pragma GCC unroll 8
    for (std::ptrdiff_t column = 0; column < kPixels + 2; ++column) {
      const Vector value = load(from + column * channels);
#pragma GCC unroll 3
      for (int tap = 0; tap < 3; ++tap) {
        const std::ptrdiff_t pixel = column - tap;
        if (pixel >= 0 && pixel < kPixels) sums[pixel] += weights[3 * row + tap] * value;
      }
    }
  }
#pragma GCC unroll 8
  for (std::ptrdiff_t pixel = 0; pixel < kPixels; ++pixel)
    store(relu ? positive(sums[pixel]) : sums[pixel], output + offset + pixel * channels);
}

void depthwise_row(const float* const* rows, std::ptrdiff_t pixels, int channels, const float* weights,
                   const float* bias, bool relu, float* output) {
  constexpr int kPixels = 4;
  for (int channel = 0; channel < channels; channel += kLanes) {
    Vector weight[9];
#pragma GCC unroll 9
    for (std::ptrdiff_t tap = 0; tap < 9; ++tap) weight[tap] = load(weights + tap * channels + channel);
    const std::ptrdiff_t end = pixels * channels, step = std::ptrdiff_t{kPixels} * channels;
    std::ptrdiff_t offset = channel;
    for (; offset + step - channels < end; offset += step)
      depthwise_tile<kPixels>(rows, offset, channels, weight, bias + channel, relu, output);
    for (; offset < end; offset += channels)
      depthwise_tile<1>(rows, offset, channels, weight, bias + channel, relu, output);
  }
}

template <int kPixels>
inline __attribute__((always_inline)) void first_tile(const float* const* rows, std::ptrdiff_t pixel,
                                                      const float* weights, const float* bias, float* output) {
  constexpr int kVectors = 16 / kLanes;
#pragma GCC unroll 4
  for (std::ptrdiff_t vector = 0; vector < kVectors; ++vector) {
    Vector sums[kPixels];
#pragma GCC unroll 16
    for (int i = 0; i < kPixels; ++i) sums[i] = load(bias + vector * kLanes);
#pragma GCC unroll 3
    for (std::ptrdiff_t row = 0; row < 3; ++row) {
      const float* from = rows[row] + 6 * pixel;
#pragma GCC unroll 9
      for (std::ptrdiff_t tap = 0; tap < 9; ++tap) {
        const Vector weight = load(weights + (row * 9 + tap) * 16 + vector * kLanes);
#pragma GCC unroll 16
        for (int i = 0; i < kPixels; ++i) sums[i] += from[std::ptrdiff_t{6} * i + tap] * weight;
      }
    }
#pragma GCC unroll 16
    for (int i = 0; i < kPixels; ++i) store(positive(sums[i]), output + (pixel + i) * 16 + vector * kLanes);
  }
}

void first_row(const float* const* rows, std::ptrdiff_t pixels, const float* weights, const float* bias,
               float* output) {
  constexpr int kPixels = 8;
  std::ptrdiff_t pixel = 0;
  for (; pixel + kPixels <= pixels; pixel += kPixels) first_tile<kPixels>(rows, pixel, weights, bias, output);
  for (; pixel < pixels; ++pixel) first_tile<1>(rows, pixel, weights, bias, output);
}

constexpr YunetKernels kKernels = {pointwise, depthwise_row, first_row};

}  // namespace
}  // namespace reelface
