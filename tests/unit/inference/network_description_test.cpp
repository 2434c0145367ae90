// SPDX-License-Identifier: Apache-2.0
#include "inference/layers/network_description.h"

#include <gtest/gtest.h>

#include "inference/descriptor/descriptor_layers.h"
#include "inference/layers/window_layers.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

using Kind = LayerDescription::Kind;

WindowShape window_shape(std::vector<std::int64_t> channels, int blocks, bool enlarges) {
  WindowShape shape;
  shape.frames = 5;
  shape.encoder_blocks.assign(channels.size(), blocks);
  shape.decoder_blocks.assign(channels.size() - 1, blocks);
  shape.channels = std::move(channels);
  shape.crop_size = 256;
  shape.enlarges = enlarges;
  return shape;
}

bool has_tensor(const NetworkDescription& network, const std::string& name, const std::vector<std::int64_t>& shape) {
  for (const ExpectedTensor& tensor : expected_tensors(network)) {
    if (tensor.name == name) return tensor.shape == shape;
  }
  return false;
}

TEST(NetworkDescription, NamesEveryTensorWithItsShape) {
  const NetworkDescription network = describe_window_network(window_shape({32, 64}, 1, true));
  EXPECT_EQ(expected_tensors(network).size(), 2U * (1 + 2 + 1 + 2 + 1 + 2 + 2));
  EXPECT_TRUE(has_tensor(network, "first.weight", {32, 60, 3, 3}));
  EXPECT_TRUE(has_tensor(network, "encoder.1.0.conv2.bias", {64}));
  EXPECT_TRUE(has_tensor(network, "down.0.weight", {64, 32, 2, 2}));
  EXPECT_TRUE(has_tensor(network, "up.0.weight", {128, 64, 1, 1}));
  EXPECT_TRUE(has_tensor(network, "last.weight", {12, 32, 3, 3}));
  EXPECT_TRUE(has_tensor(network, "last2.weight", {48, 32, 3, 3}));
}

TEST(NetworkDescription, KnowsTheSizesOfItsMaps) {
  const NetworkDescription window = describe_window_network(window_shape({32, 64, 128}, 2, true));
  const std::vector<MapSize> sizes = map_sizes(window, 72, 96);
  ASSERT_EQ(window.outputs.size(), 2U);
  const MapSize& once = sizes[static_cast<std::size_t>(window.outputs[0])];
  const MapSize& twice = sizes[static_cast<std::size_t>(window.outputs[1])];
  EXPECT_EQ(once.height, 72);
  EXPECT_EQ(once.width, 96);
  EXPECT_EQ(once.channels, 12);
  EXPECT_EQ(twice.channels, 48);

  const NetworkDescription descriptor = describe_descriptor();
  const std::vector<MapSize> maps = map_sizes(descriptor, kDescriptorCropSize, kDescriptorCropSize);
  const MapSize& last = maps[static_cast<std::size_t>(descriptor.outputs.front())];
  EXPECT_EQ(last.height, 2);
  EXPECT_EQ(last.channels, 256);
}

TEST(NetworkDescription, AMapHasOneSize) {
  NetworkDescription network;
  network.in_channels = 16;
  const int map = network.new_map();
  LayerDescription layer;
  layer.name = "a";
  layer.to = map;
  layer.in_channels = layer.channels = 16;
  network.layers.push_back(layer);
  EXPECT_EQ(map_sizes(network, 8, 8)[1].height, 8);
  layer.stride = 2;
  network.layers.push_back(layer);
  EXPECT_THROW(map_sizes(network, 8, 8), Error);
}

TEST(NetworkDescription, LooksAsFarAsItsLayersDo) {
  // One level: the first layer, two of a block, the last.
  EXPECT_EQ(view_radius(describe_window_network(window_shape({8}, 1, false)), 1), 4);
  EXPECT_EQ(view_radius(describe_window_network(window_shape({8}, 1, false)), 4), 16);
  // Two levels: last, block, up, block at half the size, down, block, first.
  EXPECT_EQ(view_radius(describe_window_network(window_shape({8, 8}, 1, false)), 1), 2 * (2 + 2) + 1 + 2 + 1);
}

TEST(NetworkDescription, WhatIsOverwrittenIsNotLookedAt) {
  NetworkDescription network;
  network.in_channels = 16;
  const int map = network.new_map();
  LayerDescription wide;
  wide.to = map;
  wide.in_channels = wide.channels = 16;
  wide.side = 7;
  wide.border = 3;
  LayerDescription narrow = wide;
  narrow.side = 1;
  narrow.border = 0;
  network.layers = {wide, narrow};
  network.outputs = {map};
  EXPECT_EQ(view_radius(network, 1), 0);
  network.layers.back().adds = true;
  EXPECT_EQ(view_radius(network, 1), 3);
}

}  // namespace
}  // namespace reelface
