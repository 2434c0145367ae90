// SPDX-License-Identifier: Apache-2.0
#include "inference/native/upscaler_pixels.h"

#include <algorithm>
#include <cstddef>

namespace reelface {
namespace {

constexpr int kColours = 3;

/// Each pixel becomes a square: itself repeated, plus what the network says.
void put_squares(int scale, const RgbViewF& picture, int row, const float* result, int channels, RgbImageF& enlarged) {
  const float* const from = picture.samples + row * std::ptrdiff_t{picture.row_stride};
  for (int y = 0; y < scale; ++y) {
    float* to = enlarged.samples.data() + (scale * row + y) * std::ptrdiff_t{kColours} * enlarged.width;
    for (int x = 0; x < enlarged.width; ++x, to += kColours) {
      const float* const change = result + x / scale * std::ptrdiff_t{channels} + std::ptrdiff_t{scale} * y + x % scale;
      const float* const pixel = from + x / scale * std::ptrdiff_t{kColours};
      for (int colour = 0; colour < kColours; ++colour)
        to[colour] = pixel[colour] + change[std::ptrdiff_t{scale} * scale * colour];
    }
  }
}

}  // namespace

void take_blocks(const RgbViewF& picture, int block_side, int row, int channels, float* to) {
  for (int x = 0; x < picture.width / block_side; ++x, to += channels) {
    float* number = to;
    for (int colour = 0; colour < kColours; ++colour) {
      for (int y = 0; y < block_side; ++y) {
        const float* from = picture.samples + (block_side * row + y) * std::ptrdiff_t{picture.row_stride};
        from += std::ptrdiff_t{kColours} * block_side * x + colour;
        for (int column = 0; column < block_side; ++column, from += kColours) *number++ = *from;
      }
    }
  }
}

void put_enlarged_row(const UpscalerShape& shape, const RgbViewF& picture, int row, const float* result, int channels,
                      RgbImageF& enlarged) {
  if (shape.kind == UpscalerShape::Kind::kCompact)
    return put_squares(shape.scale, picture, row, result, channels, enlarged);
  float* to = enlarged.samples.data() + row * std::ptrdiff_t{kColours} * enlarged.width;
  for (int x = 0; x < enlarged.width; ++x, result += channels, to += kColours) std::copy_n(result, kColours, to);
}

}  // namespace reelface
