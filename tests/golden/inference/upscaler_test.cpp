// SPDX-License-Identifier: Apache-2.0
// Published networks that enlarge single pictures are further lists of layers: both are held to what the reference
// computes from the same files.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "inference/checkpoint/mixed_checkpoint.h"
#include "inference/checkpoint/tensor_values.h"
#include "inference/engine/picture_tiles.h"
#include "inference/layers/upscaler_layers.h"
#include "inference/native/upscaler_cpu.h"
#include "reelface/core/error.h"
#include "support/shared_folder.h"

namespace reelface {
namespace {

struct Golden {
  const char* name;
  int scale;
};

std::ostream& operator<<(std::ostream& stream, const Golden& golden) {
  return stream << golden.name;
}

/// [1][colour][row][column] as a picture.
RgbImageF picture_of(const CheckpointTensor& tensor) {
  const std::vector<double> values = tensor_values(tensor);
  RgbImageF picture(static_cast<int>(tensor.shape[3]), static_cast<int>(tensor.shape[2]));
  const std::size_t pixels = values.size() / 3;
  for (std::size_t i = 0; i < values.size(); ++i)
    picture.samples[i] = static_cast<float>(values[i % 3 * pixels + i / 3]);
  return picture;
}

float largest_difference(const RgbImageF& left, const RgbImageF& right) {
  float largest = 0;
  for (std::size_t i = 0; i < left.samples.size(); ++i)
    largest = std::max(largest, std::abs(left.samples[i] - right.samples[i]));
  return largest;
}

TEST(MixedUpscaler, AgreesWithTheReference) {
  REELFACE_NEED_SHARED(folder, "golden/upscalers");
  const std::string path = folder + "/compact_x4";
  const Checkpoint mixed =
      mixed_checkpoint(read_checkpoint(path + ".pth"), read_checkpoint(path + "_wdn.pth"), 1 - 0.3);
  const Checkpoint golden = read_checkpoint(path + "_mixed_0.3.golden.safetensors");
  const RgbImageF input = picture_of(golden.tensors.at("input"));
  const CropWindow window = {input.view()};
  BothSizes result;
  UpscalerCpu(mixed).enlarge(&window, 1, &result);
  EXPECT_LT(largest_difference(result.enlarged, picture_of(golden.tensors.at("output"))), 1e-4F);
}

class UpscalerGolden : public ::testing::TestWithParam<Golden> {};

TEST_P(UpscalerGolden, AgreesWithTheReference) {
  REELFACE_NEED_SHARED(folder, "golden/upscalers");
  const std::string path = folder + "/" + GetParam().name;
  const UpscalerCpu network(read_checkpoint(path + ".pth"));
  EXPECT_EQ(network.traits().scale, GetParam().scale);
  EXPECT_EQ(network.traits().window, 1);
  EXPECT_TRUE(network.traits().invents);
  const Checkpoint golden = read_checkpoint(path + ".golden.safetensors");
  const RgbImageF input = picture_of(golden.tensors.at("input")), output = picture_of(golden.tensors.at("output"));
  const CropWindow window = {input.view()};
  BothSizes result;
  network.enlarge(&window, 1, &result);
  EXPECT_TRUE(result.once.samples.empty());
  ASSERT_EQ(result.enlarged.samples.size(), output.samples.size());
  EXPECT_LT(largest_difference(result.enlarged, output), 1e-4F);
  WorkerThreads caller_alone(0);
  const BothSizes tiled = enlarge_in_tiles(network, window, TileOptions(), caller_alone);
  EXPECT_TRUE(tiled.once.samples.empty());
  ASSERT_EQ(tiled.enlarged.samples.size(), output.samples.size());
}

INSTANTIATE_TEST_SUITE_P(Files, UpscalerGolden,
                         ::testing::Values(Golden{"compact_x2", 2}, Golden{"compact_x4", 4},
                                           Golden{"compact_x4_wdn", 4}, Golden{"rrdb_x1", 1}, Golden{"rrdb_x2", 2},
                                           Golden{"rrdb_x4", 4}),
                         [](const auto& golden) { return golden.param.name; });

/// "body.0.rdb1.conv1.weight [32, 64, 3, 3]" for each tensor of an official file.
std::string text_of(const ExpectedTensor& tensor) {
  std::string text = tensor.name + " [";
  for (const std::int64_t size : tensor.shape) text += (text.back() == '[' ? "" : ", ") + std::to_string(size);
  return text + "]";
}

class OfficialUpscaler : public ::testing::TestWithParam<std::pair<const char*, UpscalerShape>> {};

TEST_P(OfficialUpscaler, HasTheTensorsThatAreExpected) {
  const auto& [name, shape] = GetParam();
  REELFACE_NEED_SHARED(list, std::string("golden/upscalers/") + name + ".keys.txt");
  std::vector<std::string> official, expected;
  std::ifstream file(list);
  for (std::string line; std::getline(file, line);) official.push_back(line);
  for (const ExpectedTensor& tensor : expected_tensors(describe_upscaler(shape))) expected.push_back(text_of(tensor));
  std::sort(official.begin(), official.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(official, expected);
}

using Kind = UpscalerShape::Kind;

INSTANTIATE_TEST_SUITE_P(
    Files, OfficialUpscaler,
    ::testing::Values(std::make_pair("realesr-general-x4v3", UpscalerShape{Kind::kCompact, 4, 64, 32, 0, 1}),
                      std::make_pair("realesr-animevideov3", UpscalerShape{Kind::kCompact, 4, 64, 16, 0, 1}),
                      std::make_pair("RealESRGAN_x2plus", UpscalerShape{Kind::kResidualDense, 2, 64, 23, 32, 2}),
                      std::make_pair("RealESRGAN_x4plus", UpscalerShape{Kind::kResidualDense, 4, 64, 23, 32, 1})));

}  // namespace
}  // namespace reelface
