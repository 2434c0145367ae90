// SPDX-License-Identifier: Apache-2.0
#include "inference/detector/detector_input.h"

#include <algorithm>
#include <cmath>

namespace reelface {
namespace {

/// Which samples of the old axis make up each of the new, and with what weights.
struct AxisTaps {
  std::vector<int> first;
  int count = 0;  ///< the same for all; unused taps weigh nothing
  std::vector<float> weights;
};

/// How much of the unit around `sample` (old pixels) belongs to the interval.
double share(double begin, double end, int sample) {
  return std::max(0.0, std::min(end, sample + 1.0) - std::max(begin, static_cast<double>(sample)));
}

AxisTaps taps_of(int old_size, int new_size) {
  const double ratio = static_cast<double>(old_size) / new_size;
  AxisTaps taps;
  taps.count = ratio > 1 ? static_cast<int>(std::ceil(ratio)) + 1 : 2;
  taps.count = std::min(taps.count, old_size);
  for (int i = 0; i < new_size; ++i) {
    const double centre = (i + 0.5) * ratio - 0.5;
    const double begin = ratio > 1 ? i * ratio : centre;
    const int first = std::clamp(static_cast<int>(std::floor(begin)), 0, old_size - taps.count);
    taps.first.push_back(first);
    for (int k = first; k < first + taps.count; ++k) {
      const double clamped = std::clamp(centre, 0.0, old_size - 1.0);
      const double weight =
          ratio > 1 ? share(begin, begin + ratio, k) / ratio : std::max(0.0, 1 - std::abs(k - clamped));
      taps.weights.push_back(static_cast<float>(weight));
    }
  }
  return taps;
}

void add_weighted(const std::uint8_t* from, std::size_t count, float weight, float* to) {
  for (std::size_t i = 0; i < count; ++i) to[i] += weight * static_cast<float>(from[i]);
}

void scale_row(const float* from, const AxisTaps& taps, float* to) {
  const float* weight = taps.weights.data();
  for (const int first : taps.first) {
    const float* sample = from + std::ptrdiff_t{3} * first;
    float sums[3] = {0, 0, 0};
    for (int k = 0; k < taps.count; ++k, sample += 3, ++weight) {
      for (int colour = 0; colour < 3; ++colour) sums[colour] += *weight * sample[colour];
    }
    to = std::copy(sums, sums + 3, to);
  }
}

}  // namespace

YunetInput detector_input(const RgbView8& picture, int width, int height) {
  YunetInput input(width, height);
  const std::size_t row_samples = 3 * static_cast<std::size_t>(picture.width);
  if (width == picture.width && height == picture.height) {
    for (int y = 0; y < height; ++y) {
      const std::uint8_t* from = picture.samples + y * picture.row_stride;
      std::copy(from, from + row_samples, input.row(y));
    }
    return input;
  }
  const AxisTaps across = taps_of(picture.width, width);
  const AxisTaps down = taps_of(picture.height, height);
  std::vector<float> row(row_samples);
  for (int y = 0; y < height; ++y) {
    const auto place = static_cast<std::size_t>(y);
    std::fill(row.begin(), row.end(), 0.0F);
    for (int k = 0; k < down.count; ++k) {
      const float weight = down.weights[place * static_cast<std::size_t>(down.count) + static_cast<std::size_t>(k)];
      if (weight == 0) continue;
      add_weighted(picture.samples + (down.first[place] + k) * picture.row_stride, row_samples, weight, row.data());
    }
    scale_row(row.data(), across, input.row(y));
  }
  return input;
}

}  // namespace reelface
