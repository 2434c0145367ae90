#include "networks/window_network.h"

#include <string>

#include "networks/weights.h"

namespace reelface {
namespace {

constexpr std::int64_t kSquare = 4;  // pixels of a 2x2 square

/// Reorders the rows of `up` from (channel, square) to (square, channel): then putting a square's pixels beside each
/// other moves whole runs of channels instead of single numbers.
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

}  // namespace

WindowNetwork::WindowNetwork(const Checkpoint& checkpoint, const WindowShape& shape, const Placement& placement) {
  const Weights weights(checkpoint);
  const auto size_at = [&](std::size_t level) {
    const std::int64_t side = shape.crop_size >> (level + 1);
    return PictureSize{side, side};
  };
  const auto same = [&](const std::string& name, std::size_t level, Activation activation) {
    return Convolution(weights.get(name + ".weight"), weights.get(name + ".bias"), {1, 1, activation, size_at(level)},
                       placement);
  };
  const auto blocks = [&](const char* side, const std::vector<int>& counts) {
    std::vector<std::vector<Block>> levels(counts.size());
    for (std::size_t level = 0; level < counts.size(); ++level) {
      for (int block = 0; block < counts[level]; ++block) {
        const std::string name = window_block_name(side, level, block);
        levels[level].push_back(
            {same(name + ".conv1", level, Activation::kLeakyRelu), same(name + ".conv2", level, Activation::kNone)});
      }
    }
    return levels;
  };
  first_ = same("first", 0, Activation::kNone);
  last_ = same("last", 0, Activation::kNone);
  encoder_ = blocks("encoder", shape.encoder_blocks);
  decoder_ = blocks("decoder", shape.decoder_blocks);
  for (std::size_t level = 0; level + 1 < shape.channels.size(); ++level) {
    const std::string down = "down." + std::to_string(level);
    down_.emplace_back(weights.get(down + ".weight"), weights.get(down + ".bias"),
                       ConvolutionSettings{2, 0, Activation::kNone, size_at(level)}, placement);
    const std::string up = "up." + std::to_string(level);
    up_.emplace_back(squares_first(weights.get(up + ".weight")), squares_first(weights.get(up + ".bias")),
                     ConvolutionSettings{1, 0, Activation::kNone, size_at(level + 1)}, placement);
  }
}

at::Tensor WindowNetwork::apply(const std::vector<Block>& blocks, at::Tensor features) {
  for (const Block& block : blocks) features = block.second(block.first(features), features);
  return features;
}

at::Tensor WindowNetwork::correction(const at::Tensor& unshuffled) const {
  at::Tensor features = first_(unshuffled);
  std::vector<at::Tensor> kept;
  for (std::size_t level = 0; level < encoder_.size(); ++level) {
    features = apply(encoder_[level], features);
    if (level == down_.size()) break;
    kept.push_back(features);
    features = down_[level](features);
  }
  for (std::size_t level = up_.size(); level-- > 0;) {
    add_squares(kept[level], up_[level](features));
    features = apply(decoder_[level], std::move(kept[level]));
  }
  return last_(features);
}

}  // namespace reelface
