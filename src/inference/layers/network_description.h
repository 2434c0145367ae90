// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "inference/checkpoint/tensor_check.h"

namespace reelface {

/// One step of a network: takes the map `from` and writes the map `to`, which are two but for kSlopes. Maps are
/// pictures of features; number 0 is what the network is given.
struct LayerDescription {
  enum class Kind {
    kConvolution,
    kSquares,   ///< a 1x1 convolution that makes a square of four pixels of each: `to` is twice as high and as wide
    kGreatest,  ///< of 3x3 pixels, at every second place
    kMean,      ///< of 2x2 pixels
    kJoin,      ///< ReLU of `from` plus `beside`; where one has fewer rows, columns or channels, it counts as zero
    kSlopes,    ///< results below zero are multiplied by their channel's own number; in place
    kPut,       ///< `from` as channels of the wider `to`, from `first_channel` on; 0: those behind it become zero
    kAdd,       ///< `from` times `factor`, added to what `to` holds
    kRepeat     ///< each pixel as a square of four: `to` is twice as high and as wide
  };

  Kind kind = Kind::kConvolution;
  int from = 0;
  int to = 0;
  int beside = 0;    ///< of kJoin; may be `to`
  int channels = 0;  ///< of `to`
  int first_channel = 0;
  float factor = 1;  ///< of kAdd; of a convolution: of its result, before any activation

  // Of convolutions.
  std::string name = {};  ///< of the tensors: `name`.weight [4 * channels or channels, in_channels, side, side] and
                          ///< `name`.bias; of kSlopes: `name`.weight [channels]
  int in_channels = 0;    ///< the first of `from`
  int side = 3;           ///< of the filter
  int stride = 1;
  int border = 1;            ///< zeros around the picture
  float negative_slope = 1;  ///< what results below zero are multiplied by: 1 = no activation, 0 = ReLU
  bool adds = false;         ///< the result is added to what `to` holds
};

/// A 3x3 convolution with a border and without activation; the rest is set afterwards.
LayerDescription convolution(const std::string& name, int from, int to, int in_channels, int channels);

/// A network as its layers, in the order in which they run. It holds no weights: two executors make a network of it and
/// a checkpoint, NetworkCpu with kernels of our own and TorchNetwork with LibTorch. A value.
struct NetworkDescription {
  int in_channels = 0;
  int maps = 1;
  std::vector<LayerDescription> layers = {};
  std::vector<int> outputs = {};  ///< maps that hold the results in the end

  int new_map() { return maps++; }
};

/// Whether something of what the map `to` held still counts behind the layer.
bool keeps_what_was_there(const LayerDescription& layer);

/// The tensors of all layers.
std::vector<ExpectedTensor> expected_tensors(const NetworkDescription& network);

struct MapSize {
  int height = 0;
  int width = 0;
  int channels = 0;
};

/// The sizes of all maps for an input of this size. Throws Error(kInternal) for a map that would need two.
std::vector<MapSize> map_sizes(const NetworkDescription& network, int height, int width);

/// Numbers in the largest map for an input of this size.
std::int64_t largest_map(const NetworkDescription& network, int height, int width);

/// How far around a pixel of its output a network looks, in pixels of its input, at most. `block`: pixels in a row that
/// 3x3 convolutions compute together, so that each may see the rounding of what the others see; 1 = what counts but for
/// rounding. The output must be as large as the input.
int view_radius(const NetworkDescription& network, int block);

}  // namespace reelface
