#include "inference/kernels/winograd_kernels.inl"

#include <algorithm>

#include "core/instruction_set.h"

namespace reelface {

std::size_t winograd_weight_count(int in_channels, int out_channels) {
  return static_cast<std::size_t>(kWinogradPlaces * std::ptrdiff_t{in_channels} * out_channels);
}

WinogradCut winograd_cut(int in_channels, int out_channels) {
  constexpr std::ptrdiff_t kOfSecondCache = 240 * 1024, kOfThirdCache = 8 * 1024 * 1024;  // what one core may fill
  constexpr int kTileStep = 12;      // the kernels take so many tiles at a time, or half of them,
  constexpr int kLeastColumns = 32;  // and so many columns, or half of them
  const std::ptrdiff_t tile = kWinogradPlaces * std::ptrdiff_t{in_channels} * 4;
  // Weights that stay in no cache are fetched for each call: then as many tiles as can be.
  const bool fetches_weights = tile * out_channels > kOfThirdCache;
  const auto fitting = static_cast<int>(kOfSecondCache / tile) / kTileStep * kTileStep;
  WinogradCut cut;
  cut.tiles = fetches_weights ? kWinogradMostTiles : std::clamp(fitting, kTileStep, kWinogradMostTiles);
  // Where the tiles alone are too large for the cache, all columns: each place's part of the tiles then comes in once.
  const bool tiles_stay = cut.tiles * tile <= kOfSecondCache * 3 / 2;
  const auto room = static_cast<int>(kOfSecondCache / 2 / (std::ptrdiff_t{4} * kWinogradPlaces * cut.tiles));
  const int columns = tiles_stay ? std::max(room / kOutputBlock * kOutputBlock, kLeastColumns) : out_channels;
  cut.columns = std::min(columns, out_channels);
  return cut;
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
