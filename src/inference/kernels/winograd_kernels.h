// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "inference/kernels/output_block.h"

namespace reelface {

/// A 3x3 convolution of stride 1 with a border of zeros, worked out in tiles of 4x4 pixels by Winograd's minimal
/// filtering F(4x4, 3x3): a quarter of the multiplications of the plain sum. All pictures are channels-last.
struct WinogradTask {
  const float* input = nullptr;    ///< [pictures][height][width][in_channels]
  const float* weights = nullptr;  ///< as transform_weights leaves them
  const float* bias = nullptr;     ///< [out_channels]
  const float* addend = nullptr;   ///< added behind the activation; like the output; null = nothing
  float* output = nullptr;         ///< [pictures][height][width][out_channels]
  int height = 0;
  int width = 0;
  int in_channels = 0;       ///< a multiple of 4
  int out_channels = 0;      ///< a multiple of 16
  float negative_slope = 1;  ///< what results below zero are multiplied by: 1 = no activation, 0 = ReLU

  int tiles_across() const { return (width + 3) / 4; }
  int tiles_of_picture() const { return tiles_across() * ((height + 3) / 4); }
};

constexpr int kWinogradPlaces = 36;  ///< numbers a tile of 6x6 becomes

/// Tiles that one call of the kernel takes at most, and should. So many make good use of weights that were fetched;
/// fewer at once, to stay in the second cache, were up to a seventh slower for layers of 64 to 256 channels.
constexpr int kWinogradMostTiles = 48;

/// Numbers of a layer's weights once they are transformed.
std::size_t winograd_weight_count(int in_channels, int out_channels);

/// Lays out weights [out][in][3][3] as [out / 16][in][9][16], which is what `transform_weights` takes.
void pack_weights(const float* weights, int in_channels, int out_channels, float* packed);

/// Numbers of scratch memory that a call of `convolve` needs.
std::size_t winograd_scratch_count(int in_channels, int out_channels);

struct WinogradKernels {
  /// Convolves `count` tiles, the first of which is number `first` of all tiles of all pictures in reading order. What
  /// comes out for a tile does not depend on which tiles it is taken with. `scratch` belongs to the caller alone.
  void (*convolve)(const WinogradTask& task, std::ptrdiff_t first, int count, float* scratch);
  /// The packed weights of output channels [16 * first_block, 16 * end_block) into their places of
  /// `transformed` [place][out / 16][in][16].
  void (*transform_weights)(const float* packed, int in_channels, int out_channels, int first_block, int end_block,
                            float* transformed);
};

// One source, compiled for several instruction sets; null where the compiler was not asked for that set.
const WinogradKernels* winograd_kernels_avx512();
const WinogradKernels* winograd_kernels_avx2();
const WinogradKernels* winograd_kernels_baseline();

/// The fastest this processor can run.
const WinogradKernels& winograd_kernels();

}  // namespace reelface
