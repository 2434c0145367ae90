// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/slot_check.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include "inference/layers/window_layers.h"
#include "networks/engine/gfpgan_restorer.h"
#include "networks/engine/window_restorer.h"
#include "support/random_checkpoint.h"

namespace reelface {
namespace {

/// Gives the crop back; in one slot of a batch it rounds otherwise, or lets what is beside it shine through.
class FakeNetwork : public CropNetwork {
 public:
  FakeNetwork(int odd_slot, float neighbours) : odd_slot_(odd_slot), neighbours_(neighbours) {}
  int crop_size() const override { return 8; }
  ModelTraits traits() const override { return {3}; }
  std::string description() const override { return "fake"; }
  std::int64_t bytes_per_crop() const override { return 1; }
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override {
    for (int i = 0; i < count; ++i) {
      const RgbViewF beside = windows[(i + 1) % count][1];
      for (std::size_t k = 0; k < restored[i].samples.size(); ++k) {
        const float sample = windows[i][1].samples[k] + neighbours_ * beside.samples[k];
        restored[i].samples[k] = i == odd_slot_ ? sample * 1.0000002F : sample;
      }
    }
  }

 private:
  int odd_slot_;
  float neighbours_;
};

TEST(SlotCheck, FindsTheSlotThatRoundsOtherwise) {
  EXPECT_TRUE(same_bits_in_every_slot(FakeNetwork(-1, 0), 4));
  for (int slot = 0; slot < 4; ++slot) EXPECT_FALSE(same_bits_in_every_slot(FakeNetwork(slot, 0), 4)) << slot;
  EXPECT_TRUE(same_bits_in_every_slot(FakeNetwork(0, 0), 1)) << "alone it is always in the same one";
}

TEST(SlotCheck, FindsWhatDependsOnTheFacesBeside) {
  EXPECT_FALSE(same_bits_in_every_slot(FakeNetwork(-1, 1e-3F), 4));
}

TEST(SlotCheck, OurNetworksGiveTheSameBitsInEverySlot) {
  at::set_num_threads(1);
  const GfpganShape shape = testing::gfpgan_shape(64, 0.125, 1, 32);
  const Checkpoint gfpgan = testing::random_checkpoint(expected_gfpgan_tensors(shape), 5);
  const WindowShape window = {3, {16, 32}, {1, 2}, {2}, 64, false};
  Checkpoint faithful = testing::random_checkpoint(expected_tensors(describe_window_network(window)), 6);
  faithful.metadata["crop_size"] = "64";
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
    Placement placement;
    placement.type = type;
    EXPECT_TRUE(same_bits_in_every_slot(GfpganRestorer(gfpgan, placement), 5)) << type;
    EXPECT_TRUE(same_bits_in_every_slot(WindowRestorer(faithful, placement), 5)) << type;
  }
}

TEST(SlotCheck, PublishedGfpganCountsItsLargestTensor) {
  const GfpganShape shape = testing::gfpgan_shape(64, 0.0625, 1, 24);
  const GfpganRestorer restorer(testing::random_checkpoint(expected_gfpgan_tensors(shape), 5), Placement());
  // 32 channels at 32 pixels are enlarged to 64 before there are 16 of them.
  EXPECT_EQ(shape.decoder_channels.at(32), 32);
  EXPECT_EQ(restorer.largest_tensor_of_crop(), 64 * 64 * 32);
}

}  // namespace
}  // namespace reelface
