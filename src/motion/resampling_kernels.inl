// SPDX-License-Identifier: Apache-2.0
// Included once per instruction set, inside files that are compiled with it. No standard header with code in it may be
// included here: the linker keeps one copy of an inline function, and that copy must run on every processor.
#include "resampling_kernels.h"

namespace reelface {
namespace {

/// Four floats at once: the channels of a pixel, and what lies behind them and is not used.
using Pixel = float __attribute__((vector_size(16)));

inline Pixel load(const float* from) {
  Pixel value;
  __builtin_memcpy(&value, from, sizeof value);  // floats lie where they like
  return value;
}

/// So many pixels' places are found together, which fills the registers; then each is read.
constexpr int kAtOnce = 16;

struct Places {
  int left[kAtOnce], top[kAtOnce];
  float behind[kAtOnce], below[kAtOnce];  ///< parts of a pixel
  int outside[kAtOnce];                   ///< 0: all that is read for this pixel lies inside the picture
};

/// Of the samples −1, 0, 1, 2 around a place, `t` behind sample 0; a row for each sample.
struct CubicWeights {
  float of[4][kAtOnce];

  CubicWeights(const float* parts, int count) {
    constexpr float kSharpness = -0.5F;  // with any other, slopes would be read some hundredths of a pixel off
    for (int i = 0; i < count; ++i) {
      const float t = parts[i], from_first = t + 1, to_third = 1 - t;
      of[0][i] =
          ((kSharpness * from_first - 5 * kSharpness) * from_first + 8 * kSharpness) * from_first - 4 * kSharpness;
      of[1][i] = ((kSharpness + 2) * t - (kSharpness + 3)) * t * t + 1;
      of[2][i] = ((kSharpness + 2) * to_third - (kSharpness + 3)) * to_third * to_third + 1;
      of[3][i] = 1 - of[0][i] - of[1][i] - of[2][i];
    }
  }
};

template <int kChannels>
struct Cubic {
  Cubic(const Places& places, int count) : across(places.behind, count), down(places.below, count) {}

  Pixel along(const float* samples, int i) const {
    const float* const next = samples + kChannels;
    return across.of[0][i] * load(samples - kChannels) + across.of[1][i] * load(samples) +
           across.of[2][i] * load(next) + across.of[3][i] * load(next + kChannels);
  }

  Pixel read(const float* samples, std::ptrdiff_t stride, int i) const {
    return down.of[0][i] * along(samples - stride, i) + down.of[1][i] * along(samples, i) +
           down.of[2][i] * along(samples + stride, i) + down.of[3][i] * along(samples + 2 * stride, i);
  }

  CubicWeights across, down;
};

/// One channel: the four samples of a row lie beside each other and are weighed at once.
template <>
struct Cubic<1> {
  Cubic(const Places& places, int count) : down(places.below, count) {
    const CubicWeights by_sample(places.behind, count);
    for (int i = 0; i < count; ++i) {
      for (int sample = 0; sample < 4; ++sample) across[i][sample] = by_sample.of[sample][i];
    }
  }

  Pixel read(const float* samples, std::ptrdiff_t stride, int i) const {
    const float* const first = samples - 1;
    const Pixel column = down.of[0][i] * load(first - stride) + down.of[1][i] * load(first) +
                         down.of[2][i] * load(first + stride) + down.of[3][i] * load(first + 2 * stride);
    const Pixel weighed = column * across[i];
    return Pixel{weighed[0] + weighed[1] + weighed[2] + weighed[3]};
  }

  Pixel across[kAtOnce];
  CubicWeights down;
};

template <int kChannels>
struct Linear {
  Linear(const Places& places, int) : across(places.behind), down(places.below) {}

  Pixel read(const float* samples, std::ptrdiff_t stride, int i) const {
    const Pixel upper_left = load(samples), lower_left = load(samples + stride);
    const Pixel upper = upper_left + across[i] * (load(samples + kChannels) - upper_left);
    const Pixel lower = lower_left + across[i] * (load(samples + stride + kChannels) - lower_left);
    return upper + down[i] * (lower - upper);
  }

  const float* across;
  const float* down;
};

inline float within(float place, float last) {
  const float not_before = place > 0 ? place : 0;  // in this order what is no number becomes 0
  return not_before < last ? not_before : last;
}

inline int nearest(int place, int size) {
  return place < 0 ? 0 : place < size ? place : size - 1;
}

/// Where `count` pixels from `column` on are read. Taps lie from one pixel before to two behind, and four numbers are
/// read at each, whatever the channels.
template <int kChannels>
inline void find_places(const OffsetRow& row, int column, int count, Places& places) {
  constexpr int kBehind = 2 + (4 + kChannels - 1) / kChannels;
  const float last_column = static_cast<float>(row.width - 1), last_row = static_cast<float>(row.height - 1);
  const float* const offsets = row.offsets + std::ptrdiff_t{2} * column;
  const int most_left = row.width - kBehind, most_top = row.height - 2, here = row.row;
  for (int i = 0; i < count; ++i) {
    const std::ptrdiff_t offset = std::ptrdiff_t{2} * i;
    const float x = within(static_cast<float>(column + i) + offsets[offset], last_column);
    const float y = within(static_cast<float>(here) + offsets[offset + 1], last_row);
    const int left = static_cast<int>(x), top = static_cast<int>(y);
    places.left[i] = left;
    places.top[i] = top;
    places.behind[i] = x - static_cast<float>(left);
    places.below[i] = y - static_cast<float>(top);
    places.outside[i] = (left < 1) | (top < 1) | (left > most_left) | (top >= most_top);
  }
}

/// Reads pixel `i` from a copy of what lies around its place, the picture's edge repeated.
template <int kChannels, class Method>
__attribute__((noinline)) Pixel read_at_edge(const OffsetRow& row, const Places& places, const Method& method, int i) {
  constexpr int kStride = 4 * kChannels + 4;
  float around[4 * kStride];
  for (int down = 0; down < 4; ++down) {
    const float* const from = row.picture + nearest(places.top[i] + down - 1, row.height) * row.stride;
    float* const to = around + down * kStride;
    for (int across = 0; across < 4; ++across) {
      const float* const pixel = from + std::ptrdiff_t{kChannels} * nearest(places.left[i] + across - 1, row.width);
      for (int channel = 0; channel < kChannels; ++channel) to[across * kChannels + channel] = pixel[channel];
    }
    for (int unused = 4 * kChannels; unused < kStride; ++unused) to[unused] = 0;
  }
  return method.read(around + kStride + kChannels, kStride, i);
}

/// Each pixel writes four numbers, so that up to three behind the last are written over.
template <int kChannels, class Method>
inline void read_pixels(const OffsetRow& row, const Places& places, const Method& method, int count, float* results) {
  const float* const picture = row.picture;
  const std::ptrdiff_t stride = row.stride;
  for (int i = 0; i < count; ++i) {
    const float* const samples = picture + places.top[i] * stride + std::ptrdiff_t{kChannels} * places.left[i];
    const Pixel pixel =
        places.outside[i] ? read_at_edge<kChannels>(row, places, method, i) : method.read(samples, stride, i);
    __builtin_memcpy(results + std::ptrdiff_t{kChannels} * i, &pixel, sizeof pixel);
  }
}

template <int kChannels, template <int> class Method>
void read_row(const OffsetRow& row) {
  constexpr int kWrittenBeyond = (4 + kChannels - 1) / kChannels - 1;  // pixels
  Places places;
  for (int column = row.first; column < row.end; column += kAtOnce) {
    const int count = row.end - column < kAtOnce ? row.end - column : kAtOnce;
    find_places<kChannels>(row, column, count, places);
    const Method<kChannels> method(places, count);
    float* const results = row.results + std::ptrdiff_t{kChannels} * column;
    if (column + count + kWrittenBeyond <= row.end) {
      read_pixels<kChannels>(row, places, method, count, results);
      continue;
    }
    float last[kAtOnce * kChannels + 4];
    read_pixels<kChannels>(row, places, method, count, last);
    for (int i = 0; i < count * kChannels; ++i) results[i] = last[i];
  }
}

template <template <int> class Method>
void read_row(const OffsetRow& row) {
  switch (row.channels) {
    case 1:
      return read_row<1, Method>(row);
    case 2:
      return read_row<2, Method>(row);
    default:
      return read_row<3, Method>(row);
  }
}

constexpr ResamplingKernels kKernels = {read_row<Linear>, read_row<Cubic>};

}  // namespace
}  // namespace reelface
