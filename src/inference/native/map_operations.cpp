// SPDX-License-Identifier: Apache-2.0
#include "inference/native/map_operations.h"

#include <algorithm>

namespace reelface {
namespace {

/// A pixel's channels, or null outside of the map.
const float* pixel_of(const FeatureMap& map, int x, int y) {
  return x < map.width && y < map.height ? map.row(y) + std::ptrdiff_t{x} * map.channels : nullptr;
}

float channel_of(const float* pixel, int channel, int channels) {
  return pixel != nullptr && channel < channels ? pixel[channel] : 0;
}

}  // namespace

void put_border(const FeatureMap& map, FeatureMap& to) {
  const int border = (to.height - map.height) / 2;
  std::fill_n(to.numbers.data(), to.size(), 0.0F);
  for (int y = 0; y < map.height; ++y)
    std::copy_n(map.row(y), map.row_stride(), to.row(y + border) + std::ptrdiff_t{border} * map.channels);
}

void take_greatest(const FeatureMap& map, FeatureMap& to) {
  for (int y = 0; y < to.height; ++y) {
    float* greatest = to.row(y);
    for (int x = 0; x < to.width; ++x, greatest += map.channels) {
      std::copy_n(map.row(2 * y) + std::ptrdiff_t{2} * x * map.channels, map.channels, greatest);
      for (int place = 1; place < 9; ++place) {
        const float* from = map.row(2 * y + place / 3) + (2 * x + place % 3) * std::ptrdiff_t{map.channels};
        for (int channel = 0; channel < map.channels; ++channel)
          greatest[channel] = std::max(greatest[channel], from[channel]);
      }
    }
  }
}

void take_means(const FeatureMap& map, FeatureMap& to) {
  for (int y = 0; y < to.height; ++y) {
    const float* upper = map.row(2 * y);
    const float* lower = map.row(2 * y + 1);
    float* mean = to.row(y);
    for (int x = 0; x < to.width; ++x) {
      for (int channel = 0; channel < map.channels; ++channel, ++upper, ++lower)
        *mean++ = (upper[0] + upper[map.channels] + lower[0] + lower[map.channels]) / 4;
      upper += map.channels;
      lower += map.channels;
    }
  }
}

void apply_slopes(const std::vector<float>& slopes, FeatureMap& map) {
  // Without a branch, and a few pixels at a time so that slopes are as long as a row is: both are needed to be
  // vectorised.
  const std::size_t channels = static_cast<std::size_t>(map.channels),
                    pixels = channels == 0 ? 0 : map.size() / channels;
  constexpr std::size_t kPixels = 8;
  std::vector<float> below(kPixels * channels, 1.0F);
  for (std::size_t pixel = 0; pixel < kPixels; ++pixel)
    std::copy(slopes.begin(), slopes.end(), below.begin() + static_cast<std::ptrdiff_t>(pixel * channels));
  for (std::size_t pixel = 0; pixel < pixels; pixel += kPixels) {
    float* const numbers = map.numbers.data() + pixel * channels;
    const float* const slope = below.data();
    const std::size_t count = std::min(kPixels, pixels - pixel) * channels;
    for (std::size_t i = 0; i < count; ++i)
      numbers[i] = std::max(numbers[i], 0.0F) + slope[i] * std::min(numbers[i], 0.0F);
  }
}

void put_channels(const FeatureMap& map, int channels, int first_channel, FeatureMap& to) {
  const float* from = map.numbers.data();
  float* pixel = to.numbers.data();
  for (std::ptrdiff_t i = 0; i < std::ptrdiff_t{map.width} * map.height;
       ++i, from += map.channels, pixel += to.channels) {
    std::copy_n(from, channels, pixel + first_channel);
    if (first_channel == 0) std::fill(pixel + channels, pixel + to.channels, 0.0F);
  }
}

void add_scaled(const FeatureMap& map, float factor, FeatureMap& to) {
  for (std::size_t i = 0; i < map.size(); ++i) to.numbers.data()[i] += factor * map.numbers.data()[i];
}

void repeat_pixels(const FeatureMap& map, FeatureMap& to) {
  for (int y = 0; y < to.height; ++y) {
    float* pixel = to.row(y);
    for (int x = 0; x < to.width; ++x, pixel += to.channels)
      std::copy_n(map.row(y / 2) + x / 2 * std::ptrdiff_t{map.channels}, map.channels, pixel);
  }
}

void join(const FeatureMap& left, const FeatureMap& right, FeatureMap& to) {
  for (int y = 0; y < to.height; ++y) {
    for (int x = 0; x < to.width; ++x) {
      const float* first = pixel_of(left, x, y);
      const float* second = pixel_of(right, x, y);
      float* sum = to.row(y) + std::ptrdiff_t{x} * to.channels;
      if (first != nullptr && second != nullptr && left.channels == right.channels) {
        for (int channel = 0; channel < to.channels; ++channel)
          sum[channel] = std::max(first[channel] + second[channel], 0.0F);
        continue;
      }
      for (int channel = 0; channel < to.channels; ++channel) {
        const float both = channel_of(first, channel, left.channels) + channel_of(second, channel, right.channels);
        sum[channel] = std::max(both, 0.0F);
      }
    }
  }
}

}  // namespace reelface
