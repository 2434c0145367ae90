// SPDX-License-Identifier: Apache-2.0
// The two executors run the same descriptions.
#include "networks/torch_network.h"

#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "inference/descriptor/descriptor_layers.h"
#include "inference/layers/window_layers.h"
#include "inference/native/network_cpu.h"
#include "support/random_checkpoint.h"

namespace reelface {
namespace {

/// Of all channels that a map has, those that the network has.
at::Tensor planes_of(const FeatureMap& map, std::int64_t channels) {
  const at::Tensor pixels =
      at::from_blob(const_cast<float*>(map.numbers.data()), {1, map.height, map.width, map.channels}, at::kFloat);
  return pixels.narrow(3, 0, channels).permute({0, 3, 1, 2}).contiguous();
}

void put(const at::Tensor& planes, FeatureMap& map) {
  const at::Tensor pixels = planes[0].permute({1, 2, 0}).contiguous();
  const std::int64_t channels = pixels.size(2);
  for (std::int64_t pixel = 0; pixel < pixels.numel() / channels; ++pixel)
    std::copy_n(pixels.data_ptr<float>() + pixel * channels, channels, map.numbers.data() + pixel * map.channels);
}

void expect_the_same(const NetworkDescription& network, int height, int width, unsigned seed) {
  const c10::InferenceMode no_training;
  const Checkpoint checkpoint = testing::random_checkpoint(expected_tensors(network), seed);
  const NetworkCpu ours(checkpoint, network, height, width);
  const TorchNetwork torch(checkpoint, network, {height, width}, Placement());
  const at::Tensor input = at::rand({1, network.in_channels, height, width}) * 2 - 1;
  NetworkCpu::Workspace workspace = ours.make_workspace(height, width);
  for (int round = 0; round < 2; ++round) {  // the second finds the maps of the first
    put(input, workspace.maps.front());
    ours.run(workspace);
    const std::vector<at::Tensor> expected = torch.run(input.contiguous(at::MemoryFormat::ChannelsLast));
    ASSERT_EQ(expected.size(), network.outputs.size());
    for (std::size_t output = 0; output < expected.size(); ++output) {
      const FeatureMap& map = workspace.maps[static_cast<std::size_t>(network.outputs[output])];
      const at::Tensor actual = planes_of(map, expected[output].size(1));
      ASSERT_EQ(actual.sizes(), expected[output].sizes());
      const double scale = expected[output].abs().max().item<double>();
      ASSERT_GT(scale, 0.01);
      EXPECT_LT((actual - expected[output]).abs().max().item<double>() / scale, 1e-5) << "output " << output;
    }
  }
}

TEST(TorchNetwork, RunsAWindowNetworkLikeOurOwnKernels) {
  expect_the_same(describe_window_network({3, {8, 24}, {1, 2}, {2}, 64, false}), 32, 48, 3);
}

TEST(TorchNetwork, RunsOneWithTwoOutputsLikeOurOwnKernels) {
  expect_the_same(describe_window_network({5, {32, 64, 128, 192}, {1, 2, 2, 3}, {2, 2, 2}, 256, true}), 72, 40, 4);
}

TEST(TorchNetwork, RunsTheDescriptorLikeOurOwnKernels) {
  expect_the_same(describe_descriptor(), kDescriptorCropSize, kDescriptorCropSize, 5);
}

}  // namespace
}  // namespace reelface
