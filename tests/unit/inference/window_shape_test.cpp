// SPDX-License-Identifier: Apache-2.0
// Shapes alone decide whether a file is a window network, so these checkpoints have no values.
#include "inference/layers/window_shape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reelface/core/error.h"

namespace reelface {
namespace {

using ::testing::HasSubstr;

/// One block in each level of each side.
Checkpoint network_of(std::int64_t inputs, const std::vector<std::int64_t>& channels) {
  Checkpoint checkpoint;
  checkpoint.path = "window.safetensors";
  checkpoint.metadata["crop_size"] = "1024";
  const auto add = [&](const std::string& name, std::int64_t out, std::int64_t in, std::int64_t side) {
    checkpoint.tensors[name + ".weight"].shape = {out, in, side, side};
    checkpoint.tensors[name + ".bias"].shape = {out};
  };
  add("first", channels.front(), inputs, 3);
  add("last", 12, channels.front(), 3);
  for (std::size_t level = 0; level < channels.size(); ++level) {
    const std::int64_t here = channels[level];
    for (const char* side : {"encoder", "decoder"}) {
      if (level + 1 == channels.size() && side[0] == 'd') continue;
      for (const char* part : {".conv1", ".conv2"}) add(window_block_name(side, level, 0) + part, here, here, 3);
    }
    if (level + 1 == channels.size()) break;
    add("down." + std::to_string(level), channels[level + 1], here, 2);
    add("up." + std::to_string(level), 4 * here, channels[level + 1], 1);
  }
  return checkpoint;
}

std::string rejection_of(const Checkpoint& checkpoint) {
  try {
    infer_window_shape(checkpoint);
    return "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kModelRejected);
    EXPECT_FALSE(error.advice().empty());
    return error.what();
  }
}

std::vector<std::int64_t> levels_of(std::size_t count) {
  return std::vector<std::int64_t>(count, 8);
}

TEST(WindowShape, BoundsTheFrames) {
  constexpr std::int64_t kOneFrame = 12;  // numbers that the first layer is given
  EXPECT_EQ(infer_window_shape(network_of(kOneFrame, {8})).frames, 1);
  EXPECT_EQ(infer_window_shape(network_of(kOneFrame * 31, {8})).frames, 31);
  EXPECT_THAT(rejection_of(network_of(kOneFrame * 33, {8})), HasSubstr("396 numbers"));
  EXPECT_THAT(rejection_of(network_of(kOneFrame * 4, {8})), HasSubstr("no middle frame"));
  EXPECT_THAT(rejection_of(network_of(kOneFrame * 3 + 1, {8})), HasSubstr("37 numbers"));
  EXPECT_THAT(rejection_of(network_of(0, {8})), HasSubstr("0 numbers"));
  // As frames this is 1, cut to 32 bits.
  EXPECT_THAT(rejection_of(network_of(12 * ((std::int64_t{1} << 32) + 1), {8})), HasSubstr("numbers"));
  EXPECT_THAT(rejection_of(network_of(std::int64_t{12} * 357'913'943, {8})), HasSubstr("numbers"));
}

TEST(WindowShape, BoundsTheLevels) {
  EXPECT_EQ(infer_window_shape(network_of(12, levels_of(10))).channels.size(), 10u);
  EXPECT_THAT(rejection_of(network_of(12, levels_of(11))), HasSubstr("more than the 10 levels"));
  EXPECT_THAT(rejection_of(network_of(12, levels_of(40))), HasSubstr("more than the 10 levels"));
}

TEST(WindowShape, BoundsTheChannels) {
  EXPECT_EQ(infer_window_shape(network_of(12, {4096, 1})).channels, (std::vector<std::int64_t>{4096, 1}));
  EXPECT_THAT(rejection_of(network_of(12, {0})), HasSubstr("0 channels in level 0"));
  EXPECT_THAT(rejection_of(network_of(12, {8, 0})), HasSubstr("0 channels in level 1"));
  EXPECT_THAT(rejection_of(network_of(12, {8, 4097})), HasSubstr("4097 channels in level 1"));
  EXPECT_THAT(rejection_of(network_of(12, {std::int64_t{1} << 62})), HasSubstr("channels in level 0"));
}

}  // namespace
}  // namespace reelface
