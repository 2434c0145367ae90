// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "inference/native/numbers.h"

namespace reelface {

/// Pixels with their channels beside each other. Layers make channels by sixteens, the last of which may be empty:
/// zeros go in, and zeros come out.
struct FeatureMap {
  FeatureMap() = default;
  FeatureMap(int map_height, int map_width, int map_channels);

  /// Its numbers are forgotten.
  void take_shape(int map_height, int map_width, int map_channels);

  float* row(int y) { return numbers.data() + y * row_stride(); }
  const float* row(int y) const { return numbers.data() + y * row_stride(); }
  std::ptrdiff_t row_stride() const { return std::ptrdiff_t{width} * channels; }
  std::size_t size() const { return static_cast<std::size_t>(height * row_stride()); }

  int height = 0;
  int width = 0;
  int channels = 0;
  Numbers numbers;
};

/// Channels with the empty ones.
int whole_blocks(int channels);

/// A layer as its checkpoint has it.
struct LayerWeights {
  int out = 0;
  int in = 0;
  std::vector<float> weight;  ///< [out][in][side][side]
  std::vector<float> bias;    ///< [out]
};

/// A 3x3 convolution with a border of one zero, by minimal filtering (see winograd_kernels.h). Immutable; thread-safe.
class BorderedLayer {
 public:
  /// `map_channels`: of the maps it is given; those beyond the weights' own count for nothing, but must be finite.
  /// Results below zero are multiplied by `negative_slope`.
  BorderedLayer(const LayerWeights& weights, int map_channels, float negative_slope);

  /// `output` has as many pixels as `input`. `addend` is like it, may be it, and may be null: nothing is added behind
  /// the activation. `scratch` belongs to the calling thread.
  void apply(const FeatureMap& input, const FeatureMap* addend, FeatureMap& output, Numbers& scratch) const;

 private:
  int in_channels_;
  int out_channels_;
  float negative_slope_;
  Numbers weights_;
  Numbers bias_;
};

/// A convolution without a border, of any filter and stride. Immutable; thread-safe.
class OpenLayer {
 public:
  /// `map_channels`: of the maps it is given; those beyond the weights' own count for nothing.
  OpenLayer(const LayerWeights& weights, int map_channels, int side, int stride, float negative_slope);

  /// `adds`: to what the output holds.
  void apply(const FeatureMap& input, FeatureMap& output, bool adds) const;

  /// Its channels are four pixels of a square each, [row][column][output.channels]: adds them to `output`, which is
  /// twice as high and as wide as what the convolution sees.
  void add_squares(const FeatureMap& input, FeatureMap& output) const;

 private:
  int side_;
  int stride_;
  int in_channels_;
  int out_channels_;
  float negative_slope_;
  Numbers weights_;
  Numbers bias_;
};

}  // namespace reelface
