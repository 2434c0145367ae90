// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace reelface {

/// Interleaved RGB pixels that someone else owns. `row_stride` counts samples, not bytes.
template <class Sample>
struct RgbView {
  const Sample* samples = nullptr;
  int width = 0;
  int height = 0;
  std::ptrdiff_t row_stride = 0;
};

/// Interleaved RGB pixels without padding. float: 0..1 nominal, not clamped. uint8: 0..255.
/// Interleaved because that is LibTorch's channels-last memory order and OpenCV's: crops go in and out without a copy.
template <class Sample>
struct RgbImage {
  int width = 0;
  int height = 0;
  std::vector<Sample> samples;

  RgbImage() = default;
  RgbImage(int image_width, int image_height)
      : width(image_width), height(image_height), samples(std::size_t{3} * image_width * image_height) {}

  RgbView<Sample> view() const { return {samples.data(), width, height, std::ptrdiff_t{3} * width}; }
};

using RgbViewF = RgbView<float>;
using RgbImageF = RgbImage<float>;
using RgbView8 = RgbView<std::uint8_t>;
using RgbImage8 = RgbImage<std::uint8_t>;

}  // namespace reelface
