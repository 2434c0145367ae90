#include "inference/native/descriptor_cpu.h"

#include <algorithm>
#include <string>

#include "inference/finite_values.h"
#include "inference/tensor_check.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr int kStemChannels = 32;
constexpr int kStemKernel = 7;
constexpr int kLeastSideOfTiles = 16;
constexpr float kRelu = 0;
constexpr float kNoActivation = 1;

/// What the network takes from 0..255 before it divides by 256.
constexpr float kMeanColour[3] = {122.782F, 117.001F, 104.298F};

/// One block of the network and the side of the picture it sees.
struct BlockPlan {
  std::string name;
  int in_channels;
  int out_channels;
  bool goes_down;
  int side;
};

int halved_side(int side) {
  return (side - 3) / 2 + 1;
}

std::vector<BlockPlan> plan_blocks() {
  const int counts[] = {3, 4, 3, 4};
  std::vector<BlockPlan> plans;
  int channels = kStemChannels;
  int side = halved_side((DescriptorCpu::kCropSize - kStemKernel) / 2 + 1);  // the stem and its pooling
  for (int stage = 0; stage < 4; ++stage) {
    const int out = kStemChannels << stage;
    for (int block = 0; block < counts[stage]; ++block) {
      const bool is_last = stage == 3 && block == counts[stage] - 1;
      const bool goes_down = (stage > 0 && block == 0) || is_last;
      plans.push_back(
          {"stage" + std::to_string(stage + 1) + "." + std::to_string(block), channels, out, goes_down, side});
      channels = out;
      if (goes_down) side = halved_side(side);
    }
  }
  return plans;
}

std::vector<ExpectedTensor> expected_tensors() {
  std::vector<ExpectedTensor> list;
  const auto convolution = [&](const std::string& name, std::int64_t out, std::int64_t in, std::int64_t side) {
    list.push_back({name + ".weight", {out, in, side, side}});
    list.push_back({name + ".bias", {out}});
  };
  convolution("stem", kStemChannels, 3, kStemKernel);
  for (const BlockPlan& plan : plan_blocks()) {
    convolution(plan.name + ".conv1", plan.out_channels, plan.in_channels, 3);
    convolution(plan.name + ".conv2", plan.out_channels, plan.out_channels, 3);
  }
  list.push_back({"fc.weight", {static_cast<std::int64_t>(FaceDescription().size()), kStemChannels << 3}});
  return list;
}

LayerWeights weights_of(const Checkpoint& checkpoint, const std::string& name, int in, int out) {
  return {out, in, finite_values(checkpoint, name + ".weight"), finite_values(checkpoint, name + ".bias")};
}

FeatureMap input_of(const RgbViewF& crop) {
  FeatureMap map(crop.height, crop.width, 3);
  for (int y = 0; y < crop.height; ++y) {
    const float* from = crop.samples + y * crop.row_stride;
    float* to = map.row(y);
    for (int x = 0; x < 3 * crop.width; ++x) to[x] = (255 * from[x] - kMeanColour[x % 3]) / 256;
  }
  return map;
}

/// The greatest of 3x3 at every second place.
FeatureMap pooled(const FeatureMap& map) {
  FeatureMap result(halved_side(map.height), halved_side(map.width), map.channels);
  for (int y = 0; y < result.height; ++y) {
    float* to = result.row(y);
    for (int x = 0; x < result.width; ++x, to += map.channels) {
      std::copy_n(map.row(2 * y) + std::ptrdiff_t{2} * x * map.channels, map.channels, to);
      for (int place = 1; place < 9; ++place) {
        const float* from = map.row(2 * y + place / 3) + (2 * x + place % 3) * std::ptrdiff_t{map.channels};
        for (int channel = 0; channel < map.channels; ++channel) to[channel] = std::max(to[channel], from[channel]);
      }
    }
  }
  return result;
}

FeatureMap with_border(const FeatureMap& map) {
  FeatureMap result(map.height + 2, map.width + 2, map.channels);
  std::fill_n(result.numbers.data(), result.size(), 0.0F);
  for (int y = 0; y < map.height; ++y) std::copy_n(map.row(y), map.row_stride(), result.row(y + 1) + map.channels);
  return result;
}

/// The means of 2x2.
FeatureMap averaged(const FeatureMap& map) {
  FeatureMap result(map.height / 2, map.width / 2, map.channels);
  for (int y = 0; y < result.height; ++y) {
    const float* upper = map.row(2 * y);
    const float* lower = map.row(2 * y + 1);
    float* to = result.row(y);
    for (int x = 0; x < result.width; ++x) {
      for (int channel = 0; channel < map.channels; ++channel, ++upper, ++lower)
        *to++ = (upper[0] + upper[map.channels] + lower[0] + lower[map.channels]) / 4;
      upper += map.channels;
      lower += map.channels;
    }
  }
  return result;
}

/// ReLU of the sum. Whichever of the two has fewer channels, rows or columns counts as zero there.
FeatureMap joined(const FeatureMap& branch, const FeatureMap& shortcut) {
  FeatureMap sum(std::max(branch.height, shortcut.height), std::max(branch.width, shortcut.width), branch.channels);
  std::fill_n(sum.numbers.data(), sum.size(), 0.0F);
  for (const FeatureMap* part : {&shortcut, &branch}) {
    for (int y = 0; y < part->height; ++y) {
      const float* from = part->row(y);
      for (int x = 0; x < part->width; ++x) {
        float* to = sum.row(y) + std::ptrdiff_t{x} * sum.channels;
        for (int channel = 0; channel < part->channels; ++channel) to[channel] += *from++;
      }
    }
  }
  float* number = sum.numbers.data();
  for (std::size_t i = 0; i < sum.size(); ++i) number[i] = std::max(number[i], 0.0F);
  return sum;
}

}  // namespace

DescriptorCpu::Layer::Layer(const LayerWeights& weights, int side, float negative_slope) {
  if (side < kLeastSideOfTiles) {
    small_.emplace(weights, weights.in, 3, 1, negative_slope);
  } else {
    large_.emplace(weights, negative_slope);
  }
}

void DescriptorCpu::Layer::apply(const FeatureMap& input, FeatureMap& output, Numbers& scratch) const {
  if (small_) {
    small_->apply(with_border(input), output);
  } else {
    large_->apply(input, nullptr, output, scratch);
  }
}

DescriptorCpu::DescriptorCpu(const Checkpoint& checkpoint) {
  check_tensors(checkpoint, expected_tensors());
  stem_.emplace(weights_of(checkpoint, "stem", 3, kStemChannels), 3, kStemKernel, 2, kRelu);
  for (const BlockPlan& plan : plan_blocks()) {
    const LayerWeights first = weights_of(checkpoint, plan.name + ".conv1", plan.in_channels, plan.out_channels);
    const LayerWeights second = weights_of(checkpoint, plan.name + ".conv2", plan.out_channels, plan.out_channels);
    const int side = plan.goes_down ? halved_side(plan.side) : plan.side;
    Block block{{}, {}, Layer(second, side, kNoActivation), plan.out_channels};
    if (plan.goes_down) {
      block.down.emplace(first, plan.in_channels, 3, 2, kRelu);
    } else {
      block.first.emplace(first, side, kRelu);
    }
    blocks_.push_back(std::move(block));
  }
  last_ = finite_values(checkpoint, "fc.weight");
}

FeatureMap DescriptorCpu::apply(const Block& block, const FeatureMap& features, Numbers& scratch) {
  const int side = block.down ? halved_side(features.height) : features.height;
  FeatureMap between(side, side, block.channels), branch(side, side, block.channels);
  if (block.down) {
    block.down->apply(features, between);
  } else {
    block.first->apply(features, between, scratch);
  }
  block.second.apply(between, branch, scratch);
  return block.down ? joined(branch, averaged(features)) : joined(branch, features);
}

FaceDescription DescriptorCpu::describe(const RgbViewF& crop) const {
  if (crop.width != kCropSize || crop.height != kCropSize) {
    throw Error(ExitCode::kInternal, "a crop of " + std::to_string(crop.width) + "x" + std::to_string(crop.height) +
                                         " for the descriptor, which takes 150x150");
  }
  const FeatureMap input = input_of(crop);
  const int side = stem_->height_after(input.height);
  FeatureMap stem(side, side, kStemChannels);
  stem_->apply(input, stem);
  FeatureMap features = pooled(stem);
  Numbers scratch;
  for (const Block& block : blocks_) features = apply(block, features, scratch);

  std::vector<double> means(static_cast<std::size_t>(features.channels));
  const int pixels = features.height * features.width;
  for (std::size_t i = 0; i < features.size(); ++i)
    means[i % means.size()] += double{features.numbers.data()[i]} / pixels;
  FaceDescription description;
  for (std::size_t number = 0; number < description.size(); ++number) {
    double sum = 0;
    for (std::size_t i = 0; i < means.size(); ++i) sum += means[i] * double{last_[number * means.size() + i]};
    description[number] = static_cast<float>(sum);
  }
  return description;
}

std::vector<FaceDescription> DescriptorCpu::describe(const std::vector<RgbViewF>& crops) const {
  std::vector<FaceDescription> descriptions;
  for (const RgbViewF& crop : crops) descriptions.push_back(describe(crop));
  return descriptions;
}

}  // namespace reelface
