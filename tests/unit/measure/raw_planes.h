// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "reelface/measure/sample_plane.h"
#include "support/test_pattern.h"

namespace reelface::testing {

/// Values 0..1 as integers of `bit_depth` bits, kept in floats: what component_plane gives.
inline SamplePlane quantised_plane(int width, int height, const std::vector<float>& values, int bit_depth) {
  SamplePlane plane(width, height);
  const auto peak = static_cast<float>(peak_of(bit_depth));
  for (std::size_t i = 0; i < values.size(); ++i) {
    plane.samples[i] = std::clamp(std::round(values[i] * peak), 0.0F, peak);
  }
  return plane;
}

/// Planes one behind the other, one byte or two (low byte first) a sample: ffmpeg's rawvideo.
inline void write_raw(const std::string& path, const std::vector<SamplePlane>& planes, int bit_depth) {
  std::ofstream file(path, std::ios::binary);
  for (const SamplePlane& plane : planes) {
    for (const float sample : plane.samples) {
      const auto value = static_cast<std::uint32_t>(sample);
      file.put(static_cast<char>(value & 0xFF));
      if (bit_depth > 8) file.put(static_cast<char>(value >> 8));
    }
  }
}

/// A clean 4:2:0 picture and a noisy, blurred-by-moving one, as planes.
struct PicturePair {
  int width, height, bit_depth;
  std::vector<SamplePlane> clean, damaged;

  PicturePair(int picture_width, int picture_height, int depth, double sigma, double shift)
      : width(picture_width), height(picture_height), bit_depth(depth) {
    for (std::uint32_t component = 0; component < 3; ++component) {
      const int w = component ? (width + 1) / 2 : width;
      const int h = component ? (height + 1) / 2 : height;
      const TestPattern pattern(component + 1);
      clean.push_back(quantised_plane(w, h, pattern.plane(w, h), depth));
      damaged.push_back(quantised_plane(w, h, with_noise(pattern.plane(w, h, shift, 0), sigma, component + 7), depth));
    }
  }

  double peak() const { return peak_of(bit_depth); }
};

}  // namespace reelface::testing
