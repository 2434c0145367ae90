// SPDX-License-Identifier: Apache-2.0
#include "inference/layers/window_layers.h"

namespace reelface {
namespace {

constexpr float kLeakySlope = 0.2F;
constexpr int kSquare = 4;  // pixels of a 2x2 square
constexpr int kColours = 3;

class WindowDescriber {
 public:
  explicit WindowDescriber(const WindowShape& shape) : shape_(shape) {
    network_.in_channels = kColours * kSquare * shape.frames;
    for (std::size_t level = 0; level < shape.channels.size(); ++level) {
      features_.push_back(network_.new_map());
      between_.push_back(network_.new_map());
    }
  }

  NetworkDescription describe() {
    add(convolution("first", 0, features_[0], network_.in_channels, channels(0)));
    const std::size_t last = shape_.channels.size() - 1;
    for (std::size_t level = 0; level <= last; ++level) {
      add_blocks("encoder", level, shape_.encoder_blocks[level]);
      if (level < last) add_step_down(level);
    }
    for (std::size_t level = last; level-- > 0;) {
      add_step_up(level);
      add_blocks("decoder", level, shape_.decoder_blocks[level]);
    }
    add_output("last", 1);
    if (shape_.enlarges) add_output("last2", 2);
    return network_;
  }

 private:
  int channels(std::size_t level) const { return static_cast<int>(shape_.channels[level]); }
  void add(const LayerDescription& layer) { network_.layers.push_back(layer); }

  void add_blocks(const char* side, std::size_t level, int count) {
    const int features = features_[level], between = between_[level], width = channels(level);
    for (int block = 0; block < count; ++block) {
      const std::string name = window_block_name(side, level, block);
      LayerDescription first = convolution(name + ".conv1", features, between, width, width);
      first.negative_slope = kLeakySlope;
      LayerDescription second = convolution(name + ".conv2", between, features, width, width);
      second.adds = true;
      add(first);
      add(second);
    }
  }

  void add_step_down(std::size_t level) {
    LayerDescription down = convolution("down." + std::to_string(level), features_[level], features_[level + 1],
                                        channels(level), channels(level + 1));
    down.side = 2;
    down.stride = 2;
    down.border = 0;
    add(down);
  }

  void add_step_up(std::size_t level) {
    LayerDescription up = convolution("up." + std::to_string(level), features_[level + 1], features_[level],
                                      channels(level + 1), channels(level));
    up.kind = LayerDescription::Kind::kSquares;
    up.side = 1;
    up.border = 0;
    up.adds = true;
    add(up);
  }

  void add_output(const char* name, int scale) {
    const int map = network_.new_map();
    add(convolution(name, features_[0], map, channels(0), kColours * kSquare * scale * scale));
    network_.outputs.push_back(map);
  }

  const WindowShape& shape_;
  NetworkDescription network_;
  std::vector<int> features_;  ///< by level
  std::vector<int> between_;   ///< the two layers of a block, by level
};

}  // namespace

NetworkDescription describe_window_network(const WindowShape& shape) {
  return WindowDescriber(shape).describe();
}

}  // namespace reelface
