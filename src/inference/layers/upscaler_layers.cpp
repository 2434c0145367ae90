// SPDX-License-Identifier: Apache-2.0
#include "inference/layers/upscaler_layers.h"

#include <utility>

namespace reelface {
namespace {

using Kind = LayerDescription::Kind;

constexpr int kColours = 3;

NetworkDescription describe_compact(const UpscalerShape& shape) {
  NetworkDescription network;
  network.in_channels = kColours;
  int from = 0, to = network.new_map(), other = network.new_map();
  for (int number = 0; number <= shape.length; ++number) {
    network.layers.push_back(
        convolution(compact_layer_name(number), from, to, from == 0 ? kColours : shape.features, shape.features));
    LayerDescription slopes;
    slopes.kind = Kind::kSlopes;
    slopes.from = slopes.to = to;
    slopes.channels = shape.features;
    slopes.name = "body." + std::to_string(2 * number + 1);
    network.layers.push_back(slopes);
    from = to;
    std::swap(to, other);
  }
  const int squares = network.new_map();
  network.layers.push_back(convolution(compact_layer_name(shape.length + 1), from, squares, shape.features,
                                       kColours * shape.scale * shape.scale));
  network.outputs = {squares};
  return network;
}

class DenseDescriber {
 public:
  explicit DenseDescriber(const UpscalerShape& shape) : shape_(shape) {
    network_.in_channels = kColours * shape.block_side * shape.block_side;
    wide_ = network_.new_map();
    grown_ = network_.new_map();
  }

  NetworkDescription describe() {
    const int features = shape_.features, first = network_.new_map();
    int body = network_.new_map(), beside = network_.new_map();
    network_.layers.push_back(convolution("conv_first", 0, first, network_.in_channels, features));
    put(first, body, 0, features);
    for (int block = 0; block < shape_.length; ++block) {
      put(body, beside, 0, features);
      for (int part = 0; part < 3; ++part) add_part(block, part, body);
      add_share(body, beside);
      std::swap(body, beside);
    }
    LayerDescription behind_body = convolution("conv_body", body, first, features, features);
    behind_body.adds = true;
    network_.layers.push_back(behind_body);
    const int detailed = convolved("conv_hr", enlarged("conv_up2", enlarged("conv_up1", first)));
    const int picture = network_.new_map();
    network_.layers.push_back(convolution("conv_last", detailed, picture, features, kColours));
    network_.outputs = {picture};
    return network_;
  }

 private:
  static constexpr float kLeakySlope = 0.2F;
  static constexpr float kShare = 0.2F;  // of what a part, and a block, adds

  void put(int from, int to, int channel, int channels) {
    LayerDescription layer;
    layer.kind = Kind::kPut;
    layer.from = from;
    layer.to = to;
    layer.first_channel = channel;
    layer.channels = channels;
    network_.layers.push_back(layer);
  }

  void add_share(int from, int to) {
    LayerDescription layer;
    layer.kind = Kind::kAdd;
    layer.from = from;
    layer.to = to;
    layer.channels = shape_.features;
    layer.factor = kShare;
    network_.layers.push_back(layer);
  }

  /// Five convolutions, each of which sees the features and what those before it have made of them.
  void add_part(int block, int part, int features) {
    constexpr int kLayers = 5;
    const int whole = shape_.features + (kLayers - 1) * shape_.growth;
    put(features, wide_, 0, whole);
    for (int number = 0; number < kLayers; ++number) {
      const int seen = shape_.features + number * shape_.growth;
      const bool is_last = number == kLayers - 1;
      LayerDescription layer = convolution(dense_layer_name(block, part, number), wide_, is_last ? features : grown_,
                                           seen, is_last ? shape_.features : shape_.growth);
      if (is_last) {
        layer.adds = true;
        layer.factor = kShare;
      } else {
        layer.negative_slope = kLeakySlope;
      }
      network_.layers.push_back(layer);
      if (!is_last) put(grown_, wide_, seen, whole);
    }
  }

  int convolved(const std::string& name, int from) {
    const int to = network_.new_map();
    LayerDescription layer = convolution(name, from, to, shape_.features, shape_.features);
    layer.negative_slope = kLeakySlope;
    network_.layers.push_back(layer);
    return to;
  }

  /// Twice as large.
  int enlarged(const std::string& name, int from) {
    LayerDescription layer;
    layer.kind = Kind::kRepeat;
    layer.from = from;
    layer.to = network_.new_map();
    layer.channels = shape_.features;
    network_.layers.push_back(layer);
    return convolved(name, layer.to);
  }

  const UpscalerShape& shape_;
  NetworkDescription network_;
  int wide_, grown_;
};

}  // namespace

std::string compact_layer_name(int number) {
  return "body." + std::to_string(2 * number);
}

std::string dense_layer_name(int block, int part, int layer) {
  return "body." + std::to_string(block) + ".rdb" + std::to_string(part + 1) + ".conv" + std::to_string(layer + 1);
}

std::string upscaler_name(const UpscalerShape& shape) {
  const char* const kind = shape.kind == UpscalerShape::Kind::kCompact ? "compact" : "residual dense";
  return std::string(kind) + " upscaler, " + std::to_string(shape.scale) + " times";
}

std::int64_t bytes_of_maps(const NetworkDescription& network, int side) {
  std::int64_t numbers = 0;
  for (const MapSize& size : map_sizes(network, side, side))
    numbers += std::int64_t{size.height} * size.width * size.channels;
  return numbers * std::int64_t{sizeof(float)};
}

int reach_of(const UpscalerShape& shape) {
  constexpr int kSeenOfDense = 32;
  return shape.kind == UpscalerShape::Kind::kCompact ? shape.length + 2 : kSeenOfDense;
}

NetworkDescription describe_upscaler(const UpscalerShape& shape) {
  return shape.kind == UpscalerShape::Kind::kCompact ? describe_compact(shape) : DenseDescriber(shape).describe();
}

}  // namespace reelface
