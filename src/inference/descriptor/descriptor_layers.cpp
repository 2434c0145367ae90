// SPDX-License-Identifier: Apache-2.0
#include "inference/descriptor/descriptor_layers.h"

#include <string>
#include <utility>

namespace reelface {
namespace {

constexpr int kColours = 3;
constexpr int kStemChannels = 32;
constexpr int kStages = 4;
constexpr int kBlocks[kStages] = {3, 4, 3, 4};

using Kind = LayerDescription::Kind;

class DescriptorDescriber {
 public:
  NetworkDescription describe() {
    network_.in_channels = kColours;
    LayerDescription stem = convolution("stem", 0, network_.new_map(), kColours, kStemChannels);
    stem.side = 7;
    stem.stride = 2;
    stem.border = 0;
    stem.negative_slope = 0;
    add(stem);
    features_ = network_.new_map();
    add_plain(Kind::kGreatest, stem.to, features_, kStemChannels);
    int channels = kStemChannels;
    for (int stage = 0; stage < kStages; ++stage) {
      for (int block = 0; block < kBlocks[stage]; ++block) {
        const bool is_last = stage == kStages - 1 && block == kBlocks[stage] - 1;
        const std::string name = "stage" + std::to_string(stage + 1) + "." + std::to_string(block);
        const int in_channels = std::exchange(channels, kStemChannels << stage);
        if ((stage > 0 && block == 0) || is_last) {
          add_step_down(name, in_channels, channels);
        } else {
          add_block(name, channels);
        }
      }
    }
    network_.outputs = {features_};
    return network_;
  }

 private:
  void add(const LayerDescription& layer) { network_.layers.push_back(layer); }

  void add_plain(Kind kind, int from, int to, int channels) {
    LayerDescription layer;
    layer.kind = kind;
    layer.from = from;
    layer.to = to;
    layer.channels = channels;
    add(layer);
  }

  void add_join(int branch, int past, int to, int channels) {
    add_plain(Kind::kJoin, branch, to, channels);
    network_.layers.back().beside = past;
  }

  /// Two convolutions and a way past them. Blocks of one size share their maps.
  void add_block(const std::string& name, int channels) {
    if (between_ == 0) {
      between_ = network_.new_map();
      branch_ = network_.new_map();
    }
    LayerDescription first = convolution(name + ".conv1", features_, between_, channels, channels);
    first.negative_slope = 0;
    add(first);
    add(convolution(name + ".conv2", between_, branch_, channels, channels));
    add_join(branch_, features_, features_, channels);
  }

  /// The same, halving the picture on both ways.
  void add_step_down(const std::string& name, int in_channels, int channels) {
    LayerDescription first = convolution(name + ".conv1", features_, network_.new_map(), in_channels, channels);
    first.stride = 2;
    first.border = 0;
    first.negative_slope = 0;
    add(first);
    const int branch = network_.new_map(), past = network_.new_map(), sum = network_.new_map();
    add(convolution(name + ".conv2", first.to, branch, channels, channels));
    add_plain(Kind::kMean, features_, past, in_channels);
    add_join(branch, past, sum, channels);
    features_ = sum;
    between_ = 0;
  }

  NetworkDescription network_;
  int features_ = 0;
  int between_ = 0;  ///< 0: not there yet
  int branch_ = 0;
};

}  // namespace

NetworkDescription describe_descriptor() {
  return DescriptorDescriber().describe();
}

}  // namespace reelface
