// SPDX-License-Identifier: Apache-2.0
#include "inference/native/window_squares.h"

#include <cstddef>

namespace reelface {

void take_squares(const CropWindow& window, int row, int channels, float* to) {
  for (std::size_t crop = 0; crop < window.size(); ++crop) {
    const RgbViewF& view = window[crop];
    const float* upper = view.samples + std::ptrdiff_t{2} * row * view.row_stride;
    const float* lower = upper + view.row_stride;
    float* square = to + 12 * crop;
    for (int column = 0; column < view.width / 2; ++column, upper += 6, lower += 6, square += channels) {
      for (std::ptrdiff_t colour = 0; colour < 3; ++colour) {
        square[4 * colour] = 2 * upper[colour] - 1;
        square[4 * colour + 1] = 2 * upper[colour + 3] - 1;
        square[4 * colour + 2] = 2 * lower[colour] - 1;
        square[4 * colour + 3] = 2 * lower[colour + 3] - 1;
      }
    }
  }
}

void add_correction(const RgbViewF& middle, int row, const float* correction, int channels, RgbImageF& restored) {
  for (std::ptrdiff_t y = 0; y < 2; ++y) {
    const std::ptrdiff_t line = std::ptrdiff_t{2} * row + y;
    const float* from = middle.samples + line * middle.row_stride;
    float* to = restored.samples.data() + line * 3 * middle.width;
    for (std::ptrdiff_t x = 0; x < middle.width; ++x) {
      const float* change = correction + x / 2 * channels + 2 * y + x % 2;
      // The network speaks of -1..1, so half of its correction belongs to 0..1.
      for (std::ptrdiff_t colour = 0; colour < 3; ++colour)
        to[3 * x + colour] = from[3 * x + colour] + change[4 * colour] / 2;
    }
  }
}

}  // namespace reelface
