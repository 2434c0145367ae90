// SPDX-License-Identifier: Apache-2.0
// Included once per instruction set, inside files that are compiled with it; see register_block.inl.
#include "inference/kernels/register_block.inl"
#include "inference/kernels/winograd_kernels.h"

namespace reelface {
namespace {

constexpr int kSide = 6;   // of a tile with its border
constexpr int kInner = 4;  // of a tile

constexpr int kLine = 16;  // numbers in a cache line

inline std::ptrdiff_t whole_lines(int numbers) {
  return std::ptrdiff_t{(numbers + kLine - 1) / kLine} * kLine;
}

/// Places lie this far from each other. A cache line more than the data: else the 36 of them share a few cache sets.
inline std::ptrdiff_t place_stride(int channels) {
  return std::ptrdiff_t{kWinogradMostTiles} * channels + kLine;
}

// The minimal filtering evaluates polynomials at 0, infinity and four more places. These, of which each pair's products
// are 1/2 and 2, lose half as much to rounding as the usual 1, -1, 2 and -2.
constexpr float kNear = 0.707106781186547524F;  // and -kNear
constexpr float kFar = 1.41421356237309505F;    // and -kFar

/// What one direction of a tile becomes in front of the multiplication.
template <typename Number>
inline __attribute__((always_inline)) void transform_input(const Number (&d)[kSide], Number (&to)[kSide]) {
  const Number near_even = d[4] - 2 * d[2], near_odd = kNear * d[3] - kFar * d[1];
  const Number far_even = d[4] - 0.5F * d[2], far_odd = kFar * d[3] - kNear * d[1];
  to[0] = d[0] - 2.5F * d[2] + d[4];
  to[1] = near_even + near_odd;
  to[2] = near_even - near_odd;
  to[3] = far_even + far_odd;
  to[4] = far_even - far_odd;
  to[5] = d[1] - 2.5F * d[3] + d[5];
}

/// And behind it.
template <typename Number>
inline __attribute__((always_inline)) void transform_output(const Number (&m)[kSide], Number (&to)[kInner]) {
  const Number near_sum = m[1] + m[2], near_difference = m[1] - m[2];
  const Number far_sum = m[3] + m[4], far_difference = m[3] - m[4];
  to[0] = m[0] + near_sum + far_sum;
  to[1] = kNear * near_difference + kFar * far_difference;
  to[2] = 0.5F * near_sum + 2 * far_sum;
  to[3] = 0.5F * kNear * near_difference + 2 * kFar * far_difference + m[5];
}

/// The filter's part of it.
template <typename Number>
inline __attribute__((always_inline)) void transform_filter(const Number (&g)[3], Number (&to)[kSide]) {
  constexpr float kThird = 1.0F / 3, kSixth = 1.0F / 6;
  const Number near_even = -2 * kThird * g[0] - kThird * g[2], near_odd = -2 * kThird * kNear * g[1];
  const Number far_even = kSixth * g[0] + kThird * g[2], far_odd = kSixth * kFar * g[1];
  to[0] = g[0];
  to[1] = near_even + near_odd;
  to[2] = near_even - near_odd;
  to[3] = far_even + far_odd;
  to[4] = far_even - far_odd;
  to[5] = g[2];
}

struct TilePlace {
  std::ptrdiff_t picture;
  int top, left;
};

inline TilePlace place_of(const WinogradTask& task, std::ptrdiff_t tile) {
  const int of_picture = task.tiles_of_picture(), across = task.tiles_across();
  const int number = static_cast<int>(tile % of_picture);
  return {tile / of_picture, kInner * (number / across), kInner * (number % across)};
}

template <int kLanes>
inline void gather_channels(const float* const (&pixels)[kSide][kSide], int channel, float* to, std::ptrdiff_t stride) {
  Vector<kLanes> half[kSide][kSide];  // [column][row]
#pragma GCC unroll 6
  for (int column = 0; column < kSide; ++column) {
    Vector<kLanes> from[kSide];
#pragma GCC unroll 6
    for (int row = 0; row < kSide; ++row) from[row] = load<kLanes>(pixels[row][column] + channel);
    transform_input(from, half[column]);
  }
#pragma GCC unroll 6
  for (int row = 0; row < kSide; ++row) {
    Vector<kLanes> from[kSide], done[kSide];
#pragma GCC unroll 6
    for (int column = 0; column < kSide; ++column) from[column] = half[column][row];
    transform_input(from, done);
#pragma GCC unroll 6
    for (int column = 0; column < kSide; ++column)
      store<kLanes>(done[column], to + (row * kSide + column) * stride + channel);
  }
}

/// `nothing`: in_channels zeros, for what lies outside of the picture.
template <int kLanes>
void gather_tile(const WinogradTask& task, std::ptrdiff_t tile, const float* nothing, float* to) {
  const TilePlace place = place_of(task, tile);
  const float* picture = task.input + place.picture * task.height * task.width * task.in_channels;
  const float* pixels[kSide][kSide];
  for (int row = 0; row < kSide; ++row) {
    const int y = place.top + row - 1;
    for (int column = 0; column < kSide; ++column) {
      const int x = place.left + column - 1;
      const bool inside = y >= 0 && y < task.height && x >= 0 && x < task.width;
      pixels[row][column] = inside ? picture + (std::ptrdiff_t{y} * task.width + x) * task.in_channels : nothing;
    }
  }
  const std::ptrdiff_t stride = place_stride(task.in_channels);
  int channel = 0;
  for (; channel + kLanes <= task.in_channels; channel += kLanes) gather_channels<kLanes>(pixels, channel, to, stride);
  for (; channel < task.in_channels; channel += 4) gather_channels<4>(pixels, channel, to, stride);
}

/// kTiles tiles by kVectors vectors of output channels at one place.
template <int kLanes, int kTiles, int kVectors>
void multiply_columns(const float* input, int count, int in_channels, const float* weights, int columns,
                      float* output) {
  const std::ptrdiff_t block = std::ptrdiff_t{in_channels} * kOutputBlock;
  for (int first = 0; first < columns; first += kVectors * kLanes) {
    for_rows<kTiles>(
        count, [&](int tile, auto tiles) __attribute__((always_inline)) {
          constexpr int kCount = decltype(tiles)::value;
          Vector<kLanes> sums[kCount][kVectors] = {};
          multiply_add<kLanes, kCount, kVectors>(input + std::ptrdiff_t{tile} * in_channels, in_channels, in_channels,
                                                 weights + first / kOutputBlock * block, block, sums);
#pragma GCC unroll 16
          for (int number = 0; number < kCount; ++number) {
#pragma GCC unroll 16
            for (std::ptrdiff_t vector = 0; vector < kVectors; ++vector) {
              store<kLanes>(sums[number][vector],
                            output + std::ptrdiff_t{tile + number} * columns + first + vector * kLanes);
            }
          }
        });
  }
}

template <int kLanes>
void multiply(const float* input, int count, int in_channels, const float* weights, int columns, float* output) {
  if constexpr (kLanes == 16) {
    if (columns % 32 == 0) {
      multiply_columns<16, 12, 2>(input, count, in_channels, weights, columns, output);
    } else {
      multiply_columns<16, 12, 1>(input, count, in_channels, weights, columns, output);
    }
  } else if constexpr (kLanes == 8) {
    multiply_columns<8, 6, 2>(input, count, in_channels, weights, columns, output);
  } else {
    multiply_columns<4, 3, 4>(input, count, in_channels, weights, columns, output);
  }
}

template <int kLanes>
inline void scatter_channels(const WinogradTask& task, const float* from, std::ptrdiff_t stride, int channel,
                             std::ptrdiff_t pixel, int rows, int columns) {
  Vector<kLanes> half[kInner][kSide];
#pragma GCC unroll 6
  for (int column = 0; column < kSide; ++column) {
    Vector<kLanes> numbers[kSide], done[kInner];
#pragma GCC unroll 6
    for (int row = 0; row < kSide; ++row) numbers[row] = load<kLanes>(from + (row * kSide + column) * stride);
    transform_output(numbers, done);
#pragma GCC unroll 4
    for (int row = 0; row < kInner; ++row) half[row][column] = done[row];
  }
  const Vector<kLanes> bias = load<kLanes>(task.bias + channel);
  for (int row = 0; row < rows; ++row) {
    Vector<kLanes> done[kInner];
    transform_output(half[row], done);
    const std::ptrdiff_t start = (pixel + std::ptrdiff_t{row} * task.width) * task.out_channels + channel;
    for (int column = 0; column < columns; ++column) {
      const std::ptrdiff_t at = start + std::ptrdiff_t{column} * task.out_channels;
      Vector<kLanes> value = activated<kLanes>(done[column] + bias, task.negative_slope);
      if (task.addend) value += load<kLanes>(task.addend + at);
      store<kLanes>(value, task.output + at);
    }
  }
}

template <int kLanes>
void scatter_tile(const WinogradTask& task, std::ptrdiff_t tile, const float* from) {
  const TilePlace place = place_of(task, tile);
  const std::ptrdiff_t pixel = (place.picture * task.height + place.top) * task.width + place.left;
  const int high = task.height - place.top < kInner ? task.height - place.top : kInner;
  const int wide = task.width - place.left < kInner ? task.width - place.left : kInner;
  const std::ptrdiff_t stride = place_stride(task.out_channels);
  for (int channel = 0; channel < task.out_channels; channel += kLanes)
    scatter_channels<kLanes>(task, from + channel, stride, channel, pixel, high, wide);
}

template <int kLanes>
void transform_weights(const float* packed, int in_channels, int out_channels, int first_block, int end_block,
                       float* transformed) {
  constexpr std::ptrdiff_t kFilterRow = std::ptrdiff_t{3} * kOutputBlock;
  const std::ptrdiff_t place_size = std::ptrdiff_t{in_channels} * out_channels;
  const std::ptrdiff_t end = std::ptrdiff_t{end_block} * in_channels;
  for (std::ptrdiff_t filters = std::ptrdiff_t{first_block} * in_channels; filters < end; ++filters) {
    for (int lane = 0; lane < kOutputBlock; lane += kLanes) {
      const float* from = packed + filters * 9 * kOutputBlock + lane;
      float* to = transformed + filters * kOutputBlock + lane;
      Vector<kLanes> half[3][kSide];  // [column][row]
      for (int column = 0; column < 3; ++column) {
        const float* const top = from + std::ptrdiff_t{kOutputBlock} * column;
        const Vector<kLanes> filter[3] = {load<kLanes>(top), load<kLanes>(top + kFilterRow),
                                          load<kLanes>(top + 2 * kFilterRow)};
        transform_filter(filter, half[column]);
      }
      for (int row = 0; row < kSide; ++row) {
        const Vector<kLanes> filter[3] = {half[0][row], half[1][row], half[2][row]};
        Vector<kLanes> done[kSide];
        transform_filter(filter, done);
        for (int column = 0; column < kSide; ++column)
          store<kLanes>(done[column], to + (row * kSide + column) * place_size);
      }
    }
  }
}

template <int kLanes>
void convolve(const WinogradTask& task, std::ptrdiff_t first, int count, float* scratch) {
  float* nothing = scratch;
  for (int channel = 0; channel < task.in_channels; ++channel) nothing[channel] = 0;
  float* gathered = nothing + whole_lines(task.in_channels);
  float* products = gathered + kWinogradPlaces * place_stride(task.in_channels);
  for (int tile = 0; tile < count; ++tile)
    gather_tile<kLanes>(task, first + tile, nothing, gathered + std::ptrdiff_t{tile} * task.in_channels);
  const std::ptrdiff_t weights_of_place = std::ptrdiff_t{task.in_channels} * task.out_channels;
  for (int place = 0; place < kWinogradPlaces; ++place) {
    multiply<kLanes>(gathered + place * place_stride(task.in_channels), count, task.in_channels,
                     task.weights + place * weights_of_place, task.out_channels,
                     products + place * place_stride(task.out_channels));
  }
  for (int tile = 0; tile < count; ++tile)
    scatter_tile<kLanes>(task, first + tile, products + std::ptrdiff_t{tile} * task.out_channels);
}

template <int kLanes>
constexpr WinogradKernels kWinogradKernels = {convolve<kLanes>, transform_weights<kLanes>};

}  // namespace
}  // namespace reelface
