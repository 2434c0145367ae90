// SPDX-License-Identifier: Apache-2.0
#include "inference/native/network_cpu.h"

#include <algorithm>
#include <string>
#include <utility>

#include "inference/checkpoint/finite_values.h"
#include "inference/native/map_operations.h"

namespace reelface {
namespace {

using Kind = LayerDescription::Kind;

constexpr int kSquare = 4;  // pixels of a 2x2 square
constexpr int kLeastSideOfTiles = 16;

LayerWeights weights_of(const Checkpoint& checkpoint, const LayerDescription& layer) {
  const std::string& name = layer.name;
  LayerWeights weights;
  const auto& shape = checkpoint.tensors.at(name + ".weight").shape;
  weights.out = static_cast<int>(shape[0]);
  weights.in = static_cast<int>(shape[1]);
  weights.weight = finite_values(checkpoint, name + ".weight");
  weights.bias = finite_values(checkpoint, name + ".bias");
  for (std::vector<float>* values : {&weights.weight, &weights.bias}) {
    if (layer.factor == 1) break;
    for (float& value : *values) value *= layer.factor;
  }
  return weights;
}

/// Reorders outputs from (channel, place in the square) to (place, channel), with the empty channels: the pixels of a
/// square are then whole runs of numbers.
LayerWeights squares_first(const LayerWeights& plain) {
  const int channels = plain.out / kSquare, whole = whole_blocks(channels);
  LayerWeights result;
  result.out = kSquare * whole;
  result.in = plain.in;
  result.weight.resize(static_cast<std::size_t>(result.out) * result.in);
  result.bias.resize(static_cast<std::size_t>(result.out));
  for (int channel = 0; channel < channels; ++channel) {
    for (int place = 0; place < kSquare; ++place) {
      const std::ptrdiff_t from = kSquare * channel + place, to = place * whole + channel;
      std::copy_n(plain.weight.begin() + from * plain.in, plain.in, result.weight.begin() + to * plain.in);
      result.bias[static_cast<std::size_t>(to)] = plain.bias[static_cast<std::size_t>(from)];
    }
  }
  return result;
}

/// Small maps are given a border and convolved plainly: filters that are transformed are four times as large, and would
/// be fetched for a handful of pixels.
bool suits_tiles(const LayerDescription& layer, const MapSize& input) {
  return layer.kind == Kind::kConvolution && layer.side == 3 && layer.stride == 1 && layer.border == 1 &&
         std::min(input.height, input.width) >= kLeastSideOfTiles;
}

}  // namespace

NetworkCpu::NetworkCpu(const Checkpoint& checkpoint, NetworkDescription network, int height, int width)
    : network_(std::move(network)), input_channels_(network_.in_channels) {
  const std::vector<MapSize> sizes = map_sizes(network_, height, width);
  for (const LayerDescription& layer : network_.layers) {
    Step& step = steps_.emplace_back();
    step.channels = sizes[static_cast<std::size_t>(layer.from)].channels;
    const bool is_tiled = suits_tiles(layer, sizes[static_cast<std::size_t>(layer.from)]);
    if (layer.from == 0 && is_tiled) input_channels_ = whole_blocks(network_.in_channels);
    const int in_channels = layer.from == 0 ? input_channels_ : whole_blocks(step.channels);
    if (layer.kind == Kind::kSquares) {
      step.open.emplace(squares_first(weights_of(checkpoint, layer)), in_channels, 1, 1, layer.negative_slope);
    } else if (is_tiled) {
      step.bordered.emplace(weights_of(checkpoint, layer), in_channels, layer.negative_slope);
    } else if (layer.kind == Kind::kConvolution) {
      step.open.emplace(weights_of(checkpoint, layer), in_channels, layer.side, layer.stride, layer.negative_slope);
    } else if (layer.kind == Kind::kSlopes) {
      step.slopes = finite_values(checkpoint, layer.name + ".weight");
    }
  }
}

NetworkCpu::Workspace NetworkCpu::make_workspace(int height, int width) const {
  Workspace workspace;
  for (const MapSize& size : map_sizes(network_, height, width)) {
    const int channels = workspace.maps.empty() ? input_channels_ : whole_blocks(size.channels);
    workspace.maps.emplace_back(size.height, size.width, channels);
  }
  FeatureMap& input = workspace.maps.front();
  std::fill_n(input.numbers.data(), input.size(), 0.0F);  // channels that the network does not have stay so
  return workspace;
}

void NetworkCpu::convolve(const LayerDescription& layer, const Step& step, Workspace& workspace) const {
  const FeatureMap& from = workspace.maps[static_cast<std::size_t>(layer.from)];
  FeatureMap& to = workspace.maps[static_cast<std::size_t>(layer.to)];
  if (step.bordered) {
    step.bordered->apply(from, layer.adds ? &to : nullptr, to, workspace.scratch);
  } else if (layer.border == 0) {
    step.open->apply(from, to, layer.adds);
  } else {
    const int more = 2 * layer.border;
    workspace.bordered.take_shape(from.height + more, from.width + more, from.channels);
    put_border(from, workspace.bordered);
    step.open->apply(workspace.bordered, to, layer.adds);
  }
}

/// Up to the last that writes one of them.
std::size_t NetworkCpu::layers_up_to(std::size_t outputs) const {
  const auto wanted_end = network_.outputs.begin() + static_cast<std::ptrdiff_t>(outputs);
  std::size_t count = network_.layers.size();
  while (count > 0 && std::find(network_.outputs.begin(), wanted_end, network_.layers[count - 1].to) == wanted_end)
    --count;
  return count;
}

void NetworkCpu::run(Workspace& workspace, std::size_t outputs) const {
  const auto map = [&](int number) -> FeatureMap& { return workspace.maps[static_cast<std::size_t>(number)]; };
  const std::size_t layers = layers_up_to(outputs);
  for (std::size_t index = 0; index < layers; ++index) {
    const LayerDescription& layer = network_.layers[index];
    switch (layer.kind) {
      case Kind::kConvolution:
        convolve(layer, steps_[index], workspace);
        break;
      case Kind::kSquares:
        steps_[index].open->add_squares(map(layer.from), map(layer.to));
        break;
      case Kind::kGreatest:
        take_greatest(map(layer.from), map(layer.to));
        break;
      case Kind::kMean:
        take_means(map(layer.from), map(layer.to));
        break;
      case Kind::kJoin:
        join(map(layer.from), map(layer.beside), map(layer.to));
        break;
      case Kind::kSlopes:
        apply_slopes(steps_[index].slopes, map(layer.to));
        break;
      case Kind::kPut:
        put_channels(map(layer.from), steps_[index].channels, layer.first_channel, map(layer.to));
        break;
      case Kind::kAdd:
        add_scaled(map(layer.from), layer.factor, map(layer.to));
        break;
      case Kind::kRepeat:
        repeat_pixels(map(layer.from), map(layer.to));
        break;
    }
  }
}

}  // namespace reelface
