#include "networks/descriptor_network.h"

#include <string>

#include "inference/tensor_check.h"
#include "networks/weights.h"

namespace reelface {
namespace {

constexpr std::int64_t kStemChannels = 32;
constexpr std::int64_t kStemKernel = 7;

/// One block of the network and the side of the picture it sees.
struct BlockPlan {
  std::string name;
  std::int64_t in_channels;
  std::int64_t out_channels;
  bool goes_down;
  std::int64_t side;
};

std::vector<BlockPlan> plan_blocks() {
  const int counts[] = {3, 4, 3, 4};
  std::vector<BlockPlan> plans;
  std::int64_t channels = kStemChannels;
  std::int64_t side = ((DescriptorNetwork::kCropSize - kStemKernel) / 2 + 1 - 3) / 2 + 1;  // the stem and its pooling
  for (int stage = 0; stage < 4; ++stage) {
    const std::int64_t out = kStemChannels << stage;
    for (int block = 0; block < counts[stage]; ++block) {
      const bool is_last = stage == 3 && block == counts[stage] - 1;
      const bool goes_down = (stage > 0 && block == 0) || is_last;
      plans.push_back(
          {"stage" + std::to_string(stage + 1) + "." + std::to_string(block), channels, out, goes_down, side});
      channels = out;
      if (goes_down) side /= 2;
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
  list.push_back({"fc.weight", {DescriptorNetwork::kNumbers, kStemChannels << 3}});
  return list;
}

}  // namespace

DescriptorNetwork::DescriptorNetwork(const Checkpoint& checkpoint) {
  check_tensors(checkpoint, expected_tensors());
  const Weights weights(checkpoint);
  const auto convolution = [&](const std::string& name, std::int64_t stride, std::int64_t padding,
                               Activation activation, std::int64_t side) {
    return Convolution(weights.get(name + ".weight"), weights.get(name + ".bias"),
                       {stride, padding, activation, {side, side}}, Placement());
  };
  stem_ = convolution("stem", 2, 0, Activation::kRelu, kCropSize);
  for (const BlockPlan& plan : plan_blocks()) {
    const std::int64_t stride = plan.goes_down ? 2 : 1;
    const std::int64_t after = plan.goes_down ? (plan.side - 3) / 2 + 1 : plan.side;
    blocks_.push_back({plan.goes_down, plan.out_channels,
                       convolution(plan.name + ".conv1", stride, plan.goes_down ? 0 : 1, Activation::kRelu, plan.side),
                       convolution(plan.name + ".conv2", 1, 1, Activation::kNone, after)});
  }
  last_ = weights.get("fc.weight").t().contiguous();
}

at::Tensor DescriptorNetwork::apply(const Block& block, const at::Tensor& features) {
  at::Tensor branch = block.second(block.first(features));
  if (!block.goes_down) return branch.add_(features).relu_();
  const at::Tensor shortcut = at::avg_pool2d(features, {2, 2});
  // Whichever of the two has fewer channels or rows counts as zero there.
  at::Tensor sum = at::zeros({branch.size(0), block.out_channels, shortcut.size(2), shortcut.size(3)},
                             branch.options().memory_format(at::MemoryFormat::ChannelsLast));
  sum.narrow(1, 0, shortcut.size(1)).copy_(shortcut);
  sum.narrow(2, 0, branch.size(2)).narrow(3, 0, branch.size(3)).add_(branch);
  return sum.relu_();
}

at::Tensor DescriptorNetwork::describe(const at::Tensor& crops) const {
  const at::Tensor mean = at::tensor({122.782F, 117.001F, 104.298F}).view({1, 3, 1, 1});
  const at::Tensor input = ((crops * 255 - mean) / 256).contiguous(at::MemoryFormat::ChannelsLast);
  at::Tensor features = at::max_pool2d(stem_(input), {3, 3}, {2, 2});
  for (const Block& block : blocks_) features = apply(block, features);
  return at::matmul(features.mean({2, 3}), last_);
}

}  // namespace reelface
