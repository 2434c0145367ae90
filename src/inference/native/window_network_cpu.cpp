#include "inference/native/window_network_cpu.h"

#include <algorithm>
#include <string>

#include "inference/finite_values.h"
#include "inference/window_squares.h"

namespace reelface {
namespace {

constexpr float kLeakySlope = 0.2F;
constexpr float kNoActivation = 1;
constexpr int kSquare = 4;  // pixels of a 2x2 square

LayerWeights weights_of(const Checkpoint& checkpoint, const std::string& name) {
  LayerWeights weights;
  const auto& shape = checkpoint.tensors.at(name + ".weight").shape;
  weights.out = static_cast<int>(shape[0]);
  weights.in = static_cast<int>(shape[1]);
  weights.weight = finite_values(checkpoint, name + ".weight");
  weights.bias = finite_values(checkpoint, name + ".bias");
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

BorderedLayer bordered(const Checkpoint& checkpoint, const std::string& name, float negative_slope) {
  return {weights_of(checkpoint, name), negative_slope};
}

int whole_channels(const WindowShape& shape, std::size_t level) {
  return whole_blocks(static_cast<int>(shape.channels[level]));
}

}  // namespace

WindowNetworkCpu::WindowNetworkCpu(const Checkpoint& checkpoint, const WindowShape& shape)
    : shape_(shape),
      first_(bordered(checkpoint, "first", kNoActivation)),
      last_(bordered(checkpoint, "last", kNoActivation)) {
  const auto blocks = [&](const char* side, const std::vector<int>& counts) {
    std::vector<Blocks> levels(counts.size());
    for (std::size_t level = 0; level < counts.size(); ++level) {
      for (int block = 0; block < counts[level]; ++block) {
        const std::string name = window_block_name(side, level, block);
        levels[level].push_back(
            {bordered(checkpoint, name + ".conv1", kLeakySlope), bordered(checkpoint, name + ".conv2", kNoActivation)});
      }
    }
    return levels;
  };
  encoder_ = blocks("encoder", shape.encoder_blocks);
  decoder_ = blocks("decoder", shape.decoder_blocks);
  for (std::size_t level = 0; level + 1 < shape.channels.size(); ++level) {
    const std::string number = std::to_string(level);
    down_.emplace_back(weights_of(checkpoint, "down." + number), whole_channels(shape, level), 2, 2, kNoActivation);
    up_.emplace_back(squares_first(weights_of(checkpoint, "up." + number)), whole_channels(shape, level + 1), 1, 1,
                     kNoActivation);
  }
}

std::unique_ptr<WindowNetworkCpu::Workspace> WindowNetworkCpu::make_workspace() const {
  auto workspace = std::make_unique<Workspace>();
  int side = shape_.crop_size / 2;
  workspace->squares = FeatureMap(side, side, whole_blocks(3 * kSquare * shape_.frames));
  std::fill_n(workspace->squares.numbers.data(), workspace->squares.size(), 0.0F);  // the empty channels stay so
  workspace->correction = FeatureMap(side, side, whole_blocks(3 * kSquare));
  for (std::size_t level = 0; level < shape_.channels.size(); ++level, side /= 2) {
    workspace->features.emplace_back(side, side, whole_channels(shape_, level));
    workspace->between.emplace_back(side, side, whole_channels(shape_, level));
  }
  return workspace;
}

void WindowNetworkCpu::apply(const Blocks& blocks, FeatureMap& features, FeatureMap& between, Numbers& scratch) {
  for (const Block& block : blocks) {
    block.first.apply(features, nullptr, between, scratch);
    block.second.apply(between, &features, features, scratch);
  }
}

void WindowNetworkCpu::restore(const CropWindow& window, Workspace& workspace, RgbImageF& restored) const {
  FeatureMap& squares = workspace.squares;
  for (int y = 0; y < squares.height; ++y) take_squares(window, y, squares.channels, squares.row(y));
  const auto pass = [&](const std::vector<Blocks>& side, std::size_t level) {
    apply(side[level], workspace.features[level], workspace.between[level], workspace.scratch);
  };
  first_.apply(squares, nullptr, workspace.features.front(), workspace.scratch);
  for (std::size_t level = 0; level < encoder_.size(); ++level) {
    pass(encoder_, level);
    if (level < down_.size()) down_[level].apply(workspace.features[level], workspace.features[level + 1]);
  }
  for (std::size_t level = up_.size(); level-- > 0;) {
    up_[level].add_squares(workspace.features[level + 1], workspace.features[level]);
    pass(decoder_, level);
  }
  last_.apply(workspace.features.front(), nullptr, workspace.correction, workspace.scratch);
  const FeatureMap& correction = workspace.correction;
  for (int y = 0; y < correction.height; ++y)
    add_correction(window[window.size() / 2], y, correction.row(y), correction.channels, restored);
}

}  // namespace reelface
