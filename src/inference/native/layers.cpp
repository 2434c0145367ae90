// SPDX-License-Identifier: Apache-2.0
#include "inference/native/layers.h"

#include <algorithm>

#include "inference/kernels/row_kernels.h"
#include "inference/kernels/winograd_kernels.h"

namespace reelface {
namespace {

Numbers whole_bias(const std::vector<float>& bias, int channels) {
  Numbers whole(static_cast<std::size_t>(channels));
  std::fill_n(std::copy(bias.begin(), bias.end(), whole.data()), whole.size() - bias.size(), 0.0F);
  return whole;
}

/// [out][in][9] with zeros for empty channels.
std::vector<float> whole_filters(const LayerWeights& weights, int out, int in) {
  std::vector<float> whole(std::size_t{9} * out * in);
  for (int to = 0; to < weights.out; ++to) {
    std::copy_n(weights.weight.begin() + std::ptrdiff_t{9} * to * weights.in, std::ptrdiff_t{9} * weights.in,
                whole.begin() + std::ptrdiff_t{9} * to * in);
  }
  return whole;
}

}  // namespace

int whole_blocks(int channels) {
  return (channels + kOutputBlock - 1) / kOutputBlock * kOutputBlock;
}

FeatureMap::FeatureMap(int map_height, int map_width, int map_channels) {
  take_shape(map_height, map_width, map_channels);
}

void FeatureMap::take_shape(int map_height, int map_width, int map_channels) {
  height = map_height;
  width = map_width;
  channels = map_channels;
  numbers.make_room(size());
}

BorderedLayer::BorderedLayer(const LayerWeights& weights, int map_channels, float negative_slope)
    : in_channels_(map_channels),
      out_channels_(whole_blocks(weights.out)),
      negative_slope_(negative_slope),
      weights_(winograd_weight_count(in_channels_, out_channels_)),
      bias_(whole_bias(weights.bias, out_channels_)) {
  const std::vector<float> filters = whole_filters(weights, out_channels_, in_channels_);
  std::vector<float> packed(filters.size());
  pack_weights(filters.data(), in_channels_, out_channels_, packed.data());
  winograd_kernels().transform_weights(packed.data(), in_channels_, out_channels_, 0, out_channels_ / kOutputBlock,
                                       weights_.data());
}

void BorderedLayer::apply(const FeatureMap& input, const FeatureMap* addend, FeatureMap& output,
                          Numbers& scratch) const {
  WinogradTask task;
  task.input = input.numbers.data();
  task.weights = weights_.data();
  task.bias = bias_.data();
  task.addend = addend ? addend->numbers.data() : nullptr;
  task.output = output.numbers.data();
  task.height = input.height;
  task.width = input.width;
  task.in_channels = in_channels_;
  task.out_channels = out_channels_;
  task.negative_slope = negative_slope_;
  scratch.make_room(winograd_scratch_count(in_channels_, out_channels_));
  const int tiles = task.tiles_of_picture();
  const auto convolve = winograd_kernels().convolve;
  for (int tile = 0; tile < tiles; tile += kWinogradMostTiles)
    convolve(task, tile, std::min(kWinogradMostTiles, tiles - tile), scratch.data());
}

OpenLayer::OpenLayer(const LayerWeights& weights, int map_channels, int side, int stride, float negative_slope)
    : side_(side),
      stride_(stride),
      in_channels_(map_channels),
      out_channels_(whole_blocks(weights.out)),
      negative_slope_(negative_slope),
      weights_(static_cast<std::size_t>(side) * side * in_channels_ * out_channels_),
      bias_(whole_bias(weights.bias, out_channels_)) {
  pack_rows(weights.weight.data(), weights.out, weights.in, side, in_channels_, weights_.data());
}

void OpenLayer::apply(const FeatureMap& input, FeatureMap& output, bool adds) const {
  RowTask task;
  task.next_pixel = std::ptrdiff_t{stride_} * in_channels_;
  task.next_row = input.row_stride();
  task.rows = side_;
  task.run = side_ * in_channels_;
  task.weights = weights_.data();
  task.bias = bias_.data();
  task.next_output = out_channels_;
  task.out_channels = out_channels_;
  task.negative_slope = negative_slope_;
  task.adds = adds;
  for (int y = 0; y < output.height; ++y) {
    task.input = input.row(stride_ * y);
    task.output = output.row(y);
    row_kernels().convolve(task, output.width);
  }
}

void OpenLayer::add_squares(const FeatureMap& input, FeatureMap& output) const {
  RowTask task;
  task.next_pixel = in_channels_;
  task.run = in_channels_;
  task.next_output = std::ptrdiff_t{2} * output.channels;
  task.out_channels = output.channels;
  task.adds = true;
  for (int y = 0; y < input.height; ++y) {
    task.input = input.row(y);
    for (int place = 0; place < 4; ++place) {
      const std::ptrdiff_t first = std::ptrdiff_t{place} * output.channels;
      task.weights = weights_.data() + first * in_channels_;
      task.bias = bias_.data() + first;
      task.output = output.row(2 * y + place / 2) + std::ptrdiff_t{place % 2} * output.channels;
      row_kernels().convolve(task, input.width);
    }
  }
}

}  // namespace reelface
