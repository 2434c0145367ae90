// Included once per instruction set, inside files that are compiled with it. No standard header with code in it may be
// included here: the linker keeps one copy of an inline function, and that copy must run on every processor.
#include "crop_resampling_kernels.h"

namespace reelface {
namespace {

/// Four floats at once: the channels of a pixel, and what lies behind them and is not used.
using Pixel = float __attribute__((vector_size(16), aligned(4), may_alias));

inline Pixel load(const float* from) {
  return *reinterpret_cast<const Pixel*>(from);
}

/// How much the samples −1, 0, 1, 2 around a place count that lies `t` behind sample 0.
struct CubicWeights {
  explicit CubicWeights(float t) {
    constexpr float kSharpness = -0.75F;
    const float from_first = t + 1, to_third = 1 - t;
    first = ((kSharpness * from_first - 5 * kSharpness) * from_first + 8 * kSharpness) * from_first - 4 * kSharpness;
    second = ((kSharpness + 2) * t - (kSharpness + 3)) * t * t + 1;
    third = ((kSharpness + 2) * to_third - (kSharpness + 3)) * to_third * to_third + 1;
    fourth = 1 - first - second - third;
  }

  template <int kChannels>
  Pixel of(const float* samples) const {
    return first * load(samples - kChannels) + second * load(samples) + third * load(samples + kChannels) +
           fourth * load(samples + 2 * kChannels);
  }

  float first, second, third, fourth;
};

template <int kChannels>
struct Cubic {
  static Pixel read(const float* samples, std::ptrdiff_t stride, float x, float y) {
    const CubicWeights across(x), down(y);
    return down.first * across.of<kChannels>(samples - stride) + down.second * across.of<kChannels>(samples) +
           down.third * across.of<kChannels>(samples + stride) +
           down.fourth * across.of<kChannels>(samples + 2 * stride);
  }
};

template <int kChannels>
struct Linear {
  static Pixel read(const float* samples, std::ptrdiff_t stride, float x, float y) {
    const Pixel upper_left = load(samples), lower_left = load(samples + stride);
    const Pixel upper = upper_left + x * (load(samples + kChannels) - upper_left);
    const Pixel lower = lower_left + x * (load(samples + stride + kChannels) - lower_left);
    return upper + y * (lower - upper);
  }
};

inline float within(float place, int size) {
  const auto last = static_cast<float>(size - 1);
  return place > 0 ? (place < last ? place : last) : 0;  // in this order what is no number becomes 0
}

inline int nearest(int place, int size) {
  return place < 0 ? 0 : place < size ? place : size - 1;
}

/// Taps lie from one pixel before to two behind. Four numbers are read at each, whatever the channels.
template <int kChannels>
inline bool all_taps_inside(const OffsetRow& row, int left, int top) {
  constexpr int kBehind = 2 + (4 + kChannels - 1) / kChannels;
  return left > 0 && top > 0 && left + kBehind <= row.width && top + 2 < row.height;
}

/// The same with a copy of what lies around the place, its edge repeated.
template <int kChannels, template <int> class Method>
Pixel read_at_edge(const OffsetRow& row, int left, int top, float x, float y) {
  constexpr int kStride = 4 * kChannels + 4;
  float around[4 * kStride] = {};
  for (int down = 0; down < 4; ++down) {
    const float* const from = row.picture + nearest(top + down - 1, row.height) * row.stride;
    for (int across = 0; across < 4; ++across) {
      const float* const pixel = from + kChannels * nearest(left + across - 1, row.width);
      for (int channel = 0; channel < kChannels; ++channel)
        around[down * kStride + across * kChannels + channel] = pixel[channel];
    }
  }
  return Method<kChannels>::read(around + kStride + kChannels, kStride, x, y);
}

template <int kChannels, template <int> class Method>
void read_row(const OffsetRow& row) {
  float* to = row.results;
  for (int column = 0; column < row.width; ++column, to += kChannels) {
    const float x = within(static_cast<float>(column) + row.offsets[2 * column], row.width);
    const float y = within(static_cast<float>(row.row) + row.offsets[2 * column + 1], row.height);
    const int left = static_cast<int>(x), top = static_cast<int>(y);
    const float behind = x - static_cast<float>(left), below = y - static_cast<float>(top);
    const float* const samples = row.picture + top * row.stride + std::ptrdiff_t{kChannels} * left;
    const Pixel value = all_taps_inside<kChannels>(row, left, top)
                            ? Method<kChannels>::read(samples, row.stride, behind, below)
                            : read_at_edge<kChannels, Method>(row, left, top, behind, below);
    if (column + 4 <= row.width) {
      *reinterpret_cast<Pixel*>(to) = value;  // the next pixels' places are written over
    } else {
      for (int channel = 0; channel < kChannels; ++channel) to[channel] = value[channel];
    }
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
