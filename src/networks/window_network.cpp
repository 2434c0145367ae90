#include "networks/window_network.h"

#include <string>

#include "inference/checkpoint/malformed_checkpoint.h"
#include "networks/weights.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr int kDefaultCropSize = 256;
constexpr int kLargestCropSize = 1024;
constexpr std::int64_t kSquare = 4;             // pixels of a 2x2 square
constexpr std::int64_t kOutputs = 3 * kSquare;  // colours of such a square

std::string block_name(const std::string& side, std::size_t level, int block) {
  return side + "." + std::to_string(level) + "." + std::to_string(block);
}

[[noreturn]] void reject(const Checkpoint& checkpoint, const std::string& reason) {
  throw Error(ExitCode::kModelRejected, printable(checkpoint.path) + ": " + reason,
              "the file belongs to another network or is damaged; `reelface models list` shows models that work");
}

std::vector<int> count_blocks(const Checkpoint& checkpoint, const std::string& side) {
  const auto has = [&](std::size_t level, int block) {
    return checkpoint.tensors.count(block_name(side, level, block) + ".conv1.weight") != 0;
  };
  std::vector<int> counts;
  while (has(counts.size(), 0)) {
    int blocks = 1;
    while (has(counts.size(), blocks)) ++blocks;
    counts.push_back(blocks);
  }
  return counts;
}

std::int64_t size_of(const Checkpoint& checkpoint, const std::string& name, std::size_t axis) {
  const auto found = checkpoint.tensors.find(name);
  if (found == checkpoint.tensors.end() || found->second.shape.size() != 4) {
    reject(checkpoint, "is no window network: tensor " + name_text(name) + " is missing or misshapen");
  }
  return found->second.shape[axis];
}

int crop_size_of(const Checkpoint& checkpoint, std::size_t levels) {
  const auto found = checkpoint.metadata.find("crop_size");
  if (found == checkpoint.metadata.end()) return kDefaultCropSize;
  const int step = 1 << levels;
  int size = 0;
  for (const char digit : found->second) {
    if (digit < '0' || digit > '9' || size > kLargestCropSize) reject(checkpoint, "its metadata crop_size is no size");
    size = 10 * size + (digit - '0');
  }
  if (size < step || size > kLargestCropSize || size % step != 0) {
    reject(checkpoint, "its metadata crop_size must be a multiple of " + std::to_string(step) + " up to " +
                           std::to_string(kLargestCropSize));
  }
  return size;
}

std::vector<ExpectedTensor> expected_tensors(const WindowShape& shape) {
  std::vector<ExpectedTensor> list;
  const auto convolution = [&](const std::string& name, std::int64_t out, std::int64_t in, std::int64_t side) {
    list.push_back({name + ".weight", {out, in, side, side}});
    list.push_back({name + ".bias", {out}});
  };
  const auto blocks = [&](const std::string& side, const std::vector<int>& counts) {
    for (std::size_t level = 0; level < counts.size(); ++level) {
      for (int block = 0; block < counts[level]; ++block) {
        const std::int64_t channels = shape.channels[level];
        convolution(block_name(side, level, block) + ".conv1", channels, channels, 3);
        convolution(block_name(side, level, block) + ".conv2", channels, channels, 3);
      }
    }
  };
  convolution("first", shape.channels[0], shape.frames * kOutputs, 3);
  blocks("encoder", shape.encoder_blocks);
  blocks("decoder", shape.decoder_blocks);
  for (std::size_t level = 0; level + 1 < shape.channels.size(); ++level) {
    const std::int64_t fine = shape.channels[level];
    const std::int64_t coarse = shape.channels[level + 1];
    convolution("down." + std::to_string(level), coarse, fine, 2);
    convolution("up." + std::to_string(level), fine * kSquare, coarse, 1);
  }
  convolution("last", kOutputs, shape.channels[0], 3);
  return list;
}

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

WindowShape infer_window_shape(const Checkpoint& checkpoint) {
  WindowShape shape;
  shape.encoder_blocks = count_blocks(checkpoint, "encoder");
  shape.decoder_blocks = count_blocks(checkpoint, "decoder");
  if (shape.encoder_blocks.empty() || shape.decoder_blocks.size() + 1 != shape.encoder_blocks.size()) {
    reject(checkpoint, "is no window network: " + std::to_string(shape.encoder_blocks.size()) + " encoder and " +
                           std::to_string(shape.decoder_blocks.size()) + " decoder levels");
  }
  for (std::size_t level = 0; level < shape.encoder_blocks.size(); ++level) {
    shape.channels.push_back(size_of(checkpoint, block_name("encoder", level, 0) + ".conv1.weight", 0));
  }
  shape.frames = static_cast<int>(size_of(checkpoint, "first.weight", 1) / kOutputs);
  if (shape.frames % 2 != 1) reject(checkpoint, "its window has no middle frame");
  shape.crop_size = crop_size_of(checkpoint, shape.channels.size());
  check_tensors(checkpoint, expected_tensors(shape));
  return shape;
}

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
  const auto blocks = [&](const std::string& side, const std::vector<int>& counts) {
    std::vector<std::vector<Block>> levels(counts.size());
    for (std::size_t level = 0; level < counts.size(); ++level) {
      for (int block = 0; block < counts[level]; ++block) {
        const std::string name = block_name(side, level, block);
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
