// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/device_lane.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "networks/engine/gfpgan_restorer.h"
#include "networks/engine/precision_choice.h"
#include "networks/engine/window_restorer.h"
#include "support/random_checkpoint.h"
#include "support/source_folder.h"

namespace reelface {
namespace {

std::vector<float> restored(const CropNetwork& network) {
  const std::vector<RgbImageF> crops = test_crops(network.crop_size(), network.traits().window);
  CropWindow window;
  for (const RgbImageF& crop : crops) window.push_back(crop.view());
  RgbImageF result(network.crop_size(), network.crop_size());
  network.restore(&window, 1, &result);
  return result.samples;
}

template <class Restorer>
void expect_lanes_to_agree(const Checkpoint& checkpoint) {
  auto first = std::make_unique<const Restorer>(checkpoint, Placement());
  const std::unique_ptr<CropNetwork> second = first->another_lane();
  ASSERT_NE(second, nullptr);
  const std::vector<float> wanted = restored(*first);
  EXPECT_EQ(restored(*second), wanted);
  first.reset();
  EXPECT_EQ(restored(*second), wanted) << "the weights belong to all lanes";
}

TEST(DeviceLane, LanesOfGfpganShareItsWeights) {
  expect_lanes_to_agree<GfpganRestorer>(
      testing::random_checkpoint(expected_gfpgan_tensors(testing::gfpgan_shape(64, 0.0625, 1, 24)), 3));
}

TEST(DeviceLane, LanesOfAWindowNetworkShareItsWeights) {
  expect_lanes_to_agree<WindowRestorer>(read_checkpoint(testing::source_file("models/faithful.safetensors")));
}

TEST(DeviceLane, OnACpuItIsThePlainThing) {
  const DeviceLane lane(at::kCPU);
  bool was_called = false;
  lane.run([&] {
    was_called = true;
    const at::Tensor room = lane.room({2, 3});
    EXPECT_FALSE(room.is_alias_of(lane.room({2, 3}))) << "several threads use it";
    EXPECT_TRUE(lane.uploaded(room).is_alias_of(room));
    EXPECT_TRUE(lane.downloaded(room).is_alias_of(room));
  });
  EXPECT_TRUE(was_called);
}

}  // namespace
}  // namespace reelface
