// SPDX-License-Identifier: Apache-2.0
#include "inference/layers/window_shape.h"

#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/tensor_check.h"
#include "inference/layers/window_layers.h"
#include "reelface/core/error.h"

namespace reelface {

std::string window_block_name(const char* side, std::size_t level, int block) {
  return std::string(side) + "." + std::to_string(level) + "." + std::to_string(block);
}

namespace {

constexpr int kDefaultCropSize = 256;
constexpr int kLargestCropSize = 1024;
constexpr int kMostFrames = 31;
constexpr std::size_t kMostLevels = 10;         // beyond, even the largest crop would be smaller than a pixel
constexpr std::int64_t kMostChannels = 4096;    // some hundred bytes of a file must not ask for any memory they like
constexpr std::int64_t kSquare = 4;             // pixels of a 2x2 square
constexpr std::int64_t kOutputs = 3 * kSquare;  // colours of such a square

[[noreturn]] void reject(const Checkpoint& checkpoint, const std::string& reason) {
  throw Error(ExitCode::kModelRejected, printable(checkpoint.path) + ": " + reason,
              "the file belongs to another network or is damaged; `reelface models list` shows models that work");
}

std::vector<int> count_blocks(const Checkpoint& checkpoint, const char* side) {
  const auto has = [&](std::size_t level, int block) {
    return checkpoint.tensors.count(window_block_name(side, level, block) + ".conv1.weight") != 0;
  };
  std::vector<int> counts;
  while (has(counts.size(), 0)) {
    if (counts.size() == kMostLevels)
      reject(checkpoint, "has more than the " + std::to_string(kMostLevels) + " levels that make sense");
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

int frames_of(const Checkpoint& checkpoint) {
  const std::int64_t inputs = size_of(checkpoint, "first.weight", 1);
  if (inputs < kOutputs || inputs > kMostFrames * kOutputs || inputs % kOutputs != 0) {
    reject(checkpoint, "takes " + std::to_string(inputs) + " numbers for a square, which are not those of 1 to " +
                           std::to_string(kMostFrames) + " crops");
  }
  const auto frames = static_cast<int>(inputs / kOutputs);
  if (frames % 2 != 1) reject(checkpoint, "its window has no middle frame");
  return frames;
}

std::int64_t channels_of(const Checkpoint& checkpoint, std::size_t level) {
  const std::int64_t channels = size_of(checkpoint, window_block_name("encoder", level, 0) + ".conv1.weight", 0);
  if (channels < 1 || channels > kMostChannels) {
    reject(checkpoint, "has " + std::to_string(channels) + " channels in level " + std::to_string(level) + "; 1 to " +
                           std::to_string(kMostChannels) + " make sense");
  }
  return channels;
}

int crop_size_of(const Checkpoint& checkpoint, int step) {
  const auto found = checkpoint.metadata.find("crop_size");
  if (found == checkpoint.metadata.end()) return kDefaultCropSize;
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

}  // namespace

WindowShape infer_window_shape(const Checkpoint& checkpoint) {
  WindowShape shape;
  shape.encoder_blocks = count_blocks(checkpoint, "encoder");
  shape.decoder_blocks = count_blocks(checkpoint, "decoder");
  if (shape.encoder_blocks.empty() || shape.decoder_blocks.size() + 1 != shape.encoder_blocks.size()) {
    reject(checkpoint, "is no window network: " + std::to_string(shape.encoder_blocks.size()) + " encoder and " +
                           std::to_string(shape.decoder_blocks.size()) + " decoder levels");
  }
  for (std::size_t level = 0; level < shape.encoder_blocks.size(); ++level)
    shape.channels.push_back(channels_of(checkpoint, level));
  shape.frames = frames_of(checkpoint);
  shape.crop_size = crop_size_of(checkpoint, shape.step());
  shape.enlarges = checkpoint.tensors.count("last2.weight") != 0;
  check_tensors(checkpoint, expected_tensors(describe_window_network(shape)));
  return shape;
}

ModelTraits traits_of(const WindowShape& shape) {
  ModelTraits traits;
  traits.window = shape.frames;
  traits.works_on = shape.enlarges ? WorksOn::kWholePictures : WorksOn::kCrops;
  traits.scale = shape.enlarges ? 2 : 1;
  return traits;
}

}  // namespace reelface
