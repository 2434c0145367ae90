// SPDX-License-Identifier: Apache-2.0
#include "inference/native/enlarged_squares.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace reelface {
namespace {

constexpr int kTaps = 4;

/// Bicubic weights, a = -0.75, a quarter of a pixel behind the second of four.
constexpr std::array<float, kTaps> kBehind = {-0.10546875F, 0.87890625F, 0.26171875F, -0.03515625F};

/// Of an enlarged sample: the first of the four that it is made of, and what each weighs.
struct Taps {
  int first;
  std::array<float, kTaps> weights;
};

Taps taps_at(int place) {
  if (place % 2 == 1) return {place / 2 - 1, kBehind};
  return {place / 2 - 2, {kBehind[3], kBehind[2], kBehind[1], kBehind[0]}};
}

/// One row between those of the picture, with two samples more at either end.
void blend_rows(const RgbViewF& picture, int place, std::vector<float>& row) {
  const Taps taps = taps_at(place);
  std::fill(row.begin(), row.end(), 0.0F);
  float* const to = row.data() + 6;
  for (int tap = 0; tap < kTaps; ++tap) {
    const int y = std::clamp(taps.first + tap, 0, picture.height - 1);
    const float* const from = picture.samples + y * std::ptrdiff_t{picture.row_stride};
    const float weight = taps.weights[static_cast<std::size_t>(tap)];
    for (int i = 0; i < 3 * picture.width; ++i) to[i] += weight * from[i];
  }
  for (int i = 0; i < 6; ++i) {
    row[static_cast<std::size_t>(i)] = to[i % 3];
    to[3 * picture.width + i] = to[3 * (picture.width - 1) + i % 3];
  }
}

}  // namespace

void add_enlarged_correction(const RgbViewF& middle, int row, const float* correction, int channels,
                             RgbImageF& enlarged) {
  std::vector<float> blended(std::size_t{3} * (static_cast<std::size_t>(middle.width) + 4));
  const std::array<Taps, 2> taps = {taps_at(0), taps_at(1)};
  for (int y = 0; y < 4; ++y) {
    blend_rows(middle, 4 * row + y, blended);
    float* to = enlarged.samples.data() + (4 * row + y) * std::ptrdiff_t{3} * enlarged.width;
    for (int x = 0; x < enlarged.width; ++x, to += 3) {
      const Taps& across = taps[static_cast<std::size_t>(x % 2)];
      const float* const from = blended.data() + std::ptrdiff_t{3} * (x / 2 + across.first + 2);
      const float* const change = correction + x / 4 * std::ptrdiff_t{channels} + std::ptrdiff_t{4} * y + x % 4;
      for (int colour = 0; colour < 3; ++colour) {
        const float plain = across.weights[0] * from[colour] + across.weights[1] * from[colour + 3] +
                            across.weights[2] * from[colour + 6] + across.weights[3] * from[colour + 9];
        // The network speaks of -1..1, so half of its correction belongs to 0..1.
        to[colour] = plain + change[std::ptrdiff_t{16} * colour] / 2;
      }
    }
  }
}

}  // namespace reelface
