// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "inference/checkpoint/checkpoint.h"
#include "inference/layers/gfpgan_shape.h"
#include "support/shared_folder.h"

namespace reelface {
namespace {

/// Reads lines such as "final_conv.bias [256] float32" into a checkpoint that has shapes and no data.
Checkpoint shapes_only(const std::string& path) {
  Checkpoint checkpoint;
  checkpoint.path = path;
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    const std::size_t open = line.find(" [");
    if (open == std::string::npos) continue;
    auto& shape = checkpoint.tensors[line.substr(0, open)].shape;
    std::istringstream numbers(line.substr(open + 2, line.find(']') - open - 2));
    std::string number;
    while (std::getline(numbers, number, ',')) shape.push_back(std::stoll(number));
  }
  return checkpoint;
}

TEST(GfpganShapeGolden, AcceptsTheOfficialCheckpointsExactly) {
  REELFACE_NEED_SHARED(path, "golden/gfpgan/gfpgan_v1_clean_512.keys.txt");
  const Checkpoint checkpoint = shapes_only(path);
  ASSERT_EQ(checkpoint.tensors.size(), 285u);
  const GfpganShape shape = infer_gfpgan_shape(checkpoint);
  EXPECT_EQ(shape.out_size, 512);
  EXPECT_EQ(shape.num_style_feat, 512);
  EXPECT_EQ(shape.num_mlp, 8);
  EXPECT_EQ(shape.narrow(), 1.0);
  EXPECT_EQ(shape.channel_multiplier(), 2.0);
  EXPECT_TRUE(shape.different_w);
  EXPECT_TRUE(shape.sft_half);
  const auto expected = expected_gfpgan_tensors(shape);
  EXPECT_EQ(expected.size(), 285u);
  EXPECT_NO_THROW(check_tensors(checkpoint, expected));
}

TEST(GfpganShapeGolden, MatchesTheConstructorArguments) {
  for (const std::string name : {"golden/gfpgan/gfpgan_clean_64", "golden/gfpgan/gfpgan_clean_128", "models/compact"}) {
    REELFACE_NEED_SHARED(arguments_path, name + ".json");
    const bool has_safetensors = reelface::testing::shared_file(name + ".safetensors").has_value();
    REELFACE_NEED_SHARED(path, name + (has_safetensors ? ".safetensors" : ".pth"));
    const auto arguments = nlohmann::json::parse(std::ifstream(arguments_path));
    const Checkpoint checkpoint = read_checkpoint(path);
    const GfpganShape shape = infer_gfpgan_shape(checkpoint);
    EXPECT_NO_THROW(check_tensors(checkpoint, expected_gfpgan_tensors(shape)));
    EXPECT_EQ(shape.out_size, arguments.at("out_size"));
    EXPECT_EQ(shape.num_style_feat, arguments.at("num_style_feat"));
    EXPECT_EQ(shape.num_mlp, arguments.at("num_mlp"));
    EXPECT_EQ(shape.different_w, arguments.at("different_w"));
    EXPECT_EQ(shape.sft_half, arguments.at("sft_half"));
    EXPECT_EQ(shape.narrow(), arguments.at("narrow").get<double>());
    EXPECT_EQ(shape.channel_multiplier(), arguments.at("channel_multiplier").get<double>());
  }
}

}  // namespace
}  // namespace reelface
