// SPDX-License-Identifier: Apache-2.0
#include "networks/gfpgan_network.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <utility>

#include "core/finite.h"
#include "networks/engine/gfpgan_restorer.h"
#include "networks/engine/network_choice.h"
#include "reelface/core/error.h"
#include "support/plain_networks.h"
#include "support/random_checkpoint.h"

namespace reelface {
namespace {

using testing::gfpgan_shape;
using testing::random_checkpoint;

struct Variant {
  const char* name;
  int out_size;
  double narrow;
  int channel_multiplier;
  bool different_w = true;
  bool sft_half = true;
};

GfpganShape shape_of(const Variant& variant) {
  GfpganShape shape = gfpgan_shape(variant.out_size, variant.narrow, variant.channel_multiplier, 24);
  shape.different_w = variant.different_w;
  shape.sft_half = variant.sft_half;
  return shape;
}

at::Tensor random_pictures(std::int64_t count, std::int64_t size) {
  at::manual_seed(3);
  return at::rand({count, 3, size, size}) * 2 - 1;
}

class GfpganVariants : public ::testing::TestWithParam<Variant> {
 protected:
  GfpganVariants() { at::set_num_threads(1); }  // threads that wait for each other spin, and tests run side by side

  const c10::InferenceMode no_training_;
};

/// Differences relative to how strong the picture is: random networks do not keep to -1..1.
double relative_difference(const at::Tensor& expected, const at::Tensor& actual) {
  EXPECT_EQ(expected.sizes(), actual.sizes());
  return ((expected - actual).abs().max() / expected.abs().max()).item<double>();
}

TEST_P(GfpganVariants, TheFastPathAgreesWithThePlainOne) {
  const GfpganShape shape = shape_of(GetParam());
  const Checkpoint checkpoint = random_checkpoint(expected_gfpgan_tensors(shape), 7);
  const at::Tensor pictures = random_pictures(2, shape.out_size);
  const at::Tensor expected = testing::PlainGfpgan(checkpoint, shape).restore(pictures);
  ASSERT_GT(expected.std().item<double>(), 0.01) << "the network must do something";
  const GfpganNetwork network(checkpoint, shape, Placement());
  const at::Tensor input = pictures.contiguous(at::MemoryFormat::ChannelsLast);
  EXPECT_LT(relative_difference(expected, network.restore(input)), 1e-5);
}

TEST_P(GfpganVariants, HalfThePrecisionStaysInSight) {
  const GfpganShape shape = shape_of(GetParam());
  const Checkpoint checkpoint = random_checkpoint(expected_gfpgan_tensors(shape), 7);
  const at::Tensor pictures = random_pictures(1, shape.out_size).contiguous(at::MemoryFormat::ChannelsLast);
  const at::Tensor exact = GfpganNetwork(checkpoint, shape, Placement()).restore(pictures);
  Placement half;
  half.type = at::kBFloat16;
  const at::Tensor rough = GfpganNetwork(checkpoint, shape, half).restore(pictures.to(at::kBFloat16));
  EXPECT_EQ(rough.scalar_type(), at::kFloat);
  const double difference = ((rough - exact).square().mean() / exact.square().mean()).sqrt().item<double>();
  EXPECT_LT(difference, 0.1);
}

INSTANTIATE_TEST_SUITE_P(Shapes, GfpganVariants,
                         ::testing::Values(Variant{"s64", 64, 0.0625, 1}, Variant{"s64_wide", 64, 0.125, 2},
                                           Variant{"s64_odd_width", 64, 12.0 / 512, 1},
                                           Variant{"s128_one_code", 128, 0.03125, 2, false, true},
                                           Variant{"s64_whole_condition", 64, 0.0625, 1, true, false},
                                           Variant{"s256", 256, 0.0625, 1}),
                         [](const auto& variant) { return variant.param.name; });

TEST(GfpganRestorer, TheSameCropGivesTheSameBytesWithinBounds) {
  at::set_num_threads(1);
  const GfpganShape shape = gfpgan_shape(64, 0.0625, 1, 24);
  const GfpganRestorer restorer(random_checkpoint(expected_gfpgan_tensors(shape), 5), Placement());
  const auto crops = test_crops(64, 1);
  const CropWindow window = {crops[0].view()};
  std::vector<RgbImageF> first(1, RgbImageF(64, 64)), second = first;
  restorer.restore(&window, 1, first.data());
  restorer.restore(&window, 1, second.data());
  EXPECT_EQ(first[0].samples, second[0].samples);
  for (const float sample : first[0].samples) ASSERT_TRUE(sample >= 0 && sample <= 1);
}

TEST(GfpganRestorer, InfinitiesStayInfinite) {
  const GfpganShape shape = gfpgan_shape(64, 0.0625, 1, 24);
  const auto crops = test_crops(64, 1);
  const CropWindow window = {crops[0].view()};
  for (const float large : {3e38F, -3e38F}) {
    // Each can be a weight, and their sum is no number any more.
    Checkpoint checkpoint = random_checkpoint(expected_gfpgan_tensors(shape), 5);
    const std::vector<float> bias(3, large);
    for (const char* name : {"stylegan_decoder.to_rgb1.bias", "stylegan_decoder.to_rgbs.0.bias"})
      checkpoint.tensors.at(name).data = reinterpret_cast<const std::byte*>(bias.data());
    RgbImageF restored(64, 64);
    GfpganRestorer(checkpoint, Placement()).restore(&window, 1, &restored);
    EXPECT_FALSE(all_finite(restored.samples)) << "a white or black picture was made of " << large;
  }
}

/// Rounded to bf16, a bias that fits into fp32 is infinite; whatever it reaches is no number then. In fp32 the next
/// layer multiplies it by zero.
Checkpoint overflowing_in_bf16(const GfpganShape& shape) {
  Checkpoint checkpoint = random_checkpoint(expected_gfpgan_tensors(shape), 5);
  const auto values = std::make_shared<std::vector<std::vector<float>>>();
  const auto replace = [&](const std::string& name, const auto& change) {
    CheckpointTensor& tensor = checkpoint.tensors.at(name);
    std::int64_t count = 1;
    for (const std::int64_t size : tensor.shape) count *= size;
    std::vector<float>& copy = values->emplace_back(static_cast<std::size_t>(count));
    std::memcpy(copy.data(), tensor.data, copy.size() * sizeof(float));
    change(tensor, copy);
    tensor.data = reinterpret_cast<const std::byte*>(copy.data());
  };
  values->reserve(2);
  replace("condition_scale.0.0.bias", [](const CheckpointTensor&, std::vector<float>& bias) { bias[0] = 3.4e38F; });
  replace("condition_scale.0.2.weight", [](const CheckpointTensor& tensor, std::vector<float>& weights) {
    const auto kernel = static_cast<std::size_t>(tensor.shape[2] * tensor.shape[3]);
    const auto row = static_cast<std::size_t>(tensor.shape[1]) * kernel;
    for (std::size_t out = 0; out < weights.size(); out += row)
      std::fill_n(weights.begin() + static_cast<std::ptrdiff_t>(out), kernel, 0.0F);
  });
  checkpoint.memory =
      std::make_shared<std::pair<std::shared_ptr<const void>, decltype(values)>>(checkpoint.memory, values);
  return checkpoint;
}

TEST(GfpganRestorer, WhatPassesHalfThePrecisionIsRestoredAgainInFp32) {
  at::set_num_threads(1);
  const Checkpoint checkpoint = overflowing_in_bf16(gfpgan_shape(64, 0.0625, 1, 24));
  const auto crops = test_crops(64, 1);
  const CropWindow window = {crops[0].view()};
  const auto restored_by = [&](const CropNetwork& network) {
    RgbImageF restored(64, 64);
    network.restore(&window, 1, &restored);
    return restored.samples;
  };
  Placement half;
  half.type = at::kBFloat16;
  const std::vector<float> exact = restored_by(GfpganRestorer(checkpoint, Placement()));
  ASSERT_TRUE(all_finite(exact)) << "the checkpoint is one that fp32 can do";
  ASSERT_FALSE(all_finite(restored_by(GfpganRestorer(checkpoint, half)))) << "and bf16 cannot";
  const LoadedNetwork loaded = load_network(checkpoint, at::Device(at::kCPU), Precision::kBf16, 1);
  EXPECT_EQ(restored_by(*loaded.network), exact);
  EXPECT_EQ(loaded.precision, Precision::kBf16);
}

TEST(GfpganRestorer, RefusesWeightsThatAreNoNumbers) {
  const GfpganShape shape = gfpgan_shape(64, 0.0625, 1, 24);
  for (const float poison : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    Checkpoint checkpoint = random_checkpoint(expected_gfpgan_tensors(shape), 5);
    CheckpointTensor& tensor = checkpoint.tensors.at("stylegan_decoder.style_convs.1.modulated_conv.weight");
    std::vector<float> values(512, poison);
    tensor.strides.assign(5, 0);
    tensor.data = reinterpret_cast<const std::byte*>(values.data());
    try {
      GfpganRestorer restorer(checkpoint, Placement());
      ADD_FAILURE() << "accepted " << poison;
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kModelRejected);
      EXPECT_NE(std::string(error.what()).find("style_convs.1.modulated_conv.weight"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace reelface
