// SPDX-License-Identifier: Apache-2.0
#include "networks/torch_network.h"

#include <utility>

#include "networks/weights.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

using Kind = LayerDescription::Kind;

constexpr std::int64_t kSquare = 4;  // pixels of a 2x2 square

/// Reorders rows from (channel, square) to (square, channel): then putting a square's pixels beside each other moves
/// whole runs of channels instead of single numbers.
at::Tensor squares_first(const at::Tensor& parameter) {
  std::vector<std::int64_t> split = parameter.sizes().vec();
  split[0] /= kSquare;
  split.insert(split.begin() + 1, kSquare);
  return parameter.view(split).transpose(0, 1).reshape(parameter.sizes()).contiguous();
}

/// Adds `coarse` [n, 4 c, h, w], each pixel of which is a square of four, to `fine` [n, c, 2 h, 2 w]. Both
/// channels-last.
void add_squares(at::Tensor& fine, const at::Tensor& coarse) {
  const std::int64_t n = fine.size(0), c = fine.size(1), h = coarse.size(2), w = coarse.size(3);
  const at::Tensor squares = coarse.permute({0, 2, 3, 1}).view({n, h, w, 2, 2, c}).permute({0, 1, 3, 2, 4, 5});
  fine.permute({0, 2, 3, 1}).view({n, h, 2, w, 2, c}).add_(squares);
}

/// ReLU of the sum; whichever is smaller counts as zero beyond its end.
at::Tensor joined(const at::Tensor& left, const at::Tensor& right) {
  const auto larger = [&](int axis) { return std::max(left.size(axis), right.size(axis)); };
  const auto fitted = [&](const at::Tensor& map) {
    return at::constant_pad_nd(map,
                               {0, larger(3) - map.size(3), 0, larger(2) - map.size(2), 0, larger(1) - map.size(1)}, 0);
  };
  return (fitted(left) + fitted(right)).relu_().contiguous(at::MemoryFormat::ChannelsLast);
}

Activation activation_of(const LayerDescription& layer) {
  if (layer.negative_slope == 1) return Activation::kNone;
  return layer.negative_slope == 0 ? Activation::kRelu : Activation::kLeakyRelu;
}

/// The first channels of a map, if it has more.
at::Tensor first_channels(const at::Tensor& map, std::int64_t count) {
  if (map.size(1) == count) return map;
  return map.narrow(1, 0, count).contiguous(at::MemoryFormat::ChannelsLast);
}

/// `from` as channels of a map of `layer.channels`.
void put_channels(const LayerDescription& layer, const at::Tensor& from, at::Tensor& to) {
  if (layer.first_channel == 0) {
    const at::TensorOptions options = from.options().memory_format(at::MemoryFormat::ChannelsLast);
    to = at::zeros({from.size(0), layer.channels, from.size(2), from.size(3)}, options);
  }
  to.narrow(1, layer.first_channel, from.size(1)).copy_(from);
}

at::Tensor slopes_of(const LayerDescription& layer, const Weights& weights, const Placement& placement) {
  if (layer.kind != Kind::kSlopes) return {};
  return weights.get(layer.name + ".weight").to(placement.device, placement.type);
}

Convolution convolution_of(const LayerDescription& layer, const Weights& weights, const MapSize& input,
                           const Placement& placement) {
  if (layer.kind != Kind::kConvolution && layer.kind != Kind::kSquares) return {};
  const ConvolutionSettings settings = {layer.stride, layer.border, activation_of(layer), {input.height, input.width}};
  at::Tensor weight = weights.get(layer.name + ".weight"), bias = weights.get(layer.name + ".bias");
  if (layer.factor != 1) {
    weight.mul_(layer.factor);
    bias.mul_(layer.factor);
  }
  if (layer.kind == Kind::kSquares) {
    weight = squares_first(weight);
    bias = squares_first(bias);
  }
  return {weight, bias, settings, placement};
}

std::vector<int> maps_read_by(const LayerDescription& layer) {
  std::vector<int> maps = {layer.from};
  if (keeps_what_was_there(layer)) maps.push_back(layer.to);
  if (layer.kind == Kind::kJoin) maps.push_back(layer.beside);
  return maps;
}

/// For each layer the maps whose values nobody wants after it.
std::vector<std::vector<int>> last_uses(const NetworkDescription& network) {
  std::vector<bool> is_wanted(static_cast<std::size_t>(network.maps));
  const auto wanted = [&](int map) { return is_wanted[static_cast<std::size_t>(map)]; };
  for (const int output : network.outputs) wanted(output) = true;
  std::vector<std::vector<int>> uses(network.layers.size());
  for (std::size_t index = network.layers.size(); index-- > 0;) {
    const LayerDescription& layer = network.layers[index];
    wanted(layer.to) = false;
    for (const int map : maps_read_by(layer)) {
      if (!wanted(map) && map != layer.to) uses[index].push_back(map);
      wanted(map) = true;
    }
  }
  return uses;
}

}  // namespace

TorchNetwork::TorchNetwork(const Checkpoint& checkpoint, NetworkDescription network, PictureSize input,
                           const Placement& placement)
    : network_(std::move(network)), last_used_(last_uses(network_)) {
  const std::vector<MapSize> sizes = map_sizes(network_, static_cast<int>(input.height), static_cast<int>(input.width));
  const Weights weights(checkpoint);
  for (const LayerDescription& layer : network_.layers) {
    convolutions_.push_back(convolution_of(layer, weights, sizes[static_cast<std::size_t>(layer.from)], placement));
    slopes_.push_back(slopes_of(layer, weights, placement));
  }
}

void TorchNetwork::apply(std::size_t index, Maps& maps) const {
  const LayerDescription& layer = network_.layers[index];
  const auto map = [&](int number) -> at::Tensor& { return maps[static_cast<std::size_t>(number)]; };
  const at::Tensor& from = map(layer.from);
  switch (layer.kind) {
    case Kind::kConvolution:
      map(layer.to) =
          convolutions_[index](first_channels(from, layer.in_channels), layer.adds ? map(layer.to) : at::Tensor());
      break;
    case Kind::kSquares:
      add_squares(map(layer.to), convolutions_[index](from));
      break;
    case Kind::kGreatest:
      map(layer.to) = at::max_pool2d(from, {3, 3}, {2, 2});
      break;
    case Kind::kMean:
      map(layer.to) = at::avg_pool2d(from, {2, 2});
      break;
    case Kind::kJoin:
      map(layer.to) = joined(from, map(layer.beside));
      break;
    case Kind::kSlopes:
      map(layer.to) = at::prelu(from, slopes_[index]);
      break;
    case Kind::kPut:
      put_channels(layer, from, map(layer.to));
      break;
    case Kind::kAdd:
      map(layer.to).add_(from, layer.factor);
      break;
    case Kind::kRepeat:
      map(layer.to) = at::upsample_nearest2d(from, {2 * from.size(2), 2 * from.size(3)});
      break;
  }
}

std::vector<at::Tensor> TorchNetwork::run(const at::Tensor& input) const {
  Maps maps(static_cast<std::size_t>(network_.maps));
  maps.front() = input;
  for (std::size_t index = 0; index < network_.layers.size(); ++index) {
    apply(index, maps);
    for (const int map : last_used_[index]) maps[static_cast<std::size_t>(map)].reset();
  }
  std::vector<at::Tensor> outputs;
  for (const int output : network_.outputs) outputs.push_back(maps[static_cast<std::size_t>(output)]);
  return outputs;
}

}  // namespace reelface
