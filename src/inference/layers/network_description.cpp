// SPDX-License-Identifier: Apache-2.0
#include "inference/layers/network_description.h"

#include <algorithm>

#include "reelface/core/error.h"

namespace reelface {
namespace {

using Kind = LayerDescription::Kind;

constexpr int kUnseen = -1;

bool has_weights(const LayerDescription& layer) {
  return layer.kind == Kind::kConvolution || layer.kind == Kind::kSquares;
}

/// How far in its own pixels a layer looks, where its result is wanted up to `radius` around a pixel.
int radius_before(const LayerDescription& layer, int radius, int block) {
  switch (layer.kind) {
    case Kind::kConvolution:
      if (layer.border == 0) return radius * layer.stride + layer.side - 1;
      return radius * layer.stride + layer.side / 2 + block - 1;
    case Kind::kSquares:
      return (radius + 1) / 2;
    case Kind::kGreatest:
      return 2 * radius + 2;
    case Kind::kMean:
      return 2 * radius + 1;
    case Kind::kRepeat:
      return (radius + 1) / 2;
    case Kind::kJoin:
    case Kind::kSlopes:
    case Kind::kPut:
    case Kind::kAdd:
      return radius;
  }
  return radius;
}

int length_after(const LayerDescription& layer, int length) {
  switch (layer.kind) {
    case Kind::kConvolution:
      return (length + 2 * layer.border - layer.side) / layer.stride + 1;
    case Kind::kSquares:
    case Kind::kRepeat:
      return 2 * length;
    case Kind::kGreatest:
      return (length - 3) / 2 + 1;
    case Kind::kMean:
      return length / 2;
    case Kind::kJoin:
    case Kind::kSlopes:
    case Kind::kPut:
    case Kind::kAdd:
      return length;
  }
  return length;
}

}  // namespace

LayerDescription convolution(const std::string& name, int from, int to, int in_channels, int channels) {
  LayerDescription layer;
  layer.name = name;
  layer.from = from;
  layer.to = to;
  layer.in_channels = in_channels;
  layer.channels = channels;
  return layer;
}

bool keeps_what_was_there(const LayerDescription& layer) {
  return layer.adds || layer.kind == Kind::kAdd || (layer.kind == Kind::kPut && layer.first_channel > 0);
}

std::vector<ExpectedTensor> expected_tensors(const NetworkDescription& network) {
  std::vector<ExpectedTensor> list;
  for (const LayerDescription& layer : network.layers) {
    if (layer.kind == Kind::kSlopes) list.push_back({layer.name + ".weight", {layer.channels}});
    if (!has_weights(layer)) continue;
    const std::int64_t out = (layer.kind == Kind::kSquares ? 4 : 1) * std::int64_t{layer.channels};
    list.push_back({layer.name + ".weight", {out, layer.in_channels, layer.side, layer.side}});
    list.push_back({layer.name + ".bias", {out}});
  }
  return list;
}

std::vector<MapSize> map_sizes(const NetworkDescription& network, int height, int width) {
  std::vector<MapSize> sizes(static_cast<std::size_t>(network.maps));
  const auto of = [&](int map) -> MapSize& { return sizes[static_cast<std::size_t>(map)]; };
  of(0) = {height, width, network.in_channels};
  for (const LayerDescription& layer : network.layers) {
    const MapSize from = of(layer.from), beside = of(layer.beside);
    MapSize size = {length_after(layer, from.height), length_after(layer, from.width), layer.channels};
    if (layer.kind == Kind::kJoin)
      size = {std::max(from.height, beside.height), std::max(from.width, beside.width), layer.channels};
    MapSize& to = of(layer.to);
    if (to.channels != 0 && (to.height != size.height || to.width != size.width || to.channels != size.channels))
      throw Error(ExitCode::kInternal, "a map between layers has two sizes");
    to = size;
  }
  return sizes;
}

std::int64_t largest_map(const NetworkDescription& network, int height, int width) {
  std::int64_t largest = 0;
  for (const MapSize& map : map_sizes(network, height, width))
    largest = std::max(largest, std::int64_t{map.height} * map.width * map.channels);
  return largest;
}

int view_radius(const NetworkDescription& network, int block) {
  std::vector<int> radius(static_cast<std::size_t>(network.maps), kUnseen);
  const auto of = [&](int map) -> int& { return radius[static_cast<std::size_t>(map)]; };
  for (const int output : network.outputs) of(output) = 0;
  for (auto layer = network.layers.rbegin(); layer != network.layers.rend(); ++layer) {
    const int wanted = of(layer->to);
    if (wanted == kUnseen) continue;
    if (!keeps_what_was_there(*layer)) of(layer->to) = kUnseen;
    of(layer->from) = std::max(of(layer->from), radius_before(*layer, wanted, block));
    if (layer->kind == Kind::kJoin) of(layer->beside) = std::max(of(layer->beside), wanted);
  }
  return std::max(0, of(0));
}

}  // namespace reelface
