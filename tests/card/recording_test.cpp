// SPDX-License-Identifier: Apache-2.0
// What only a graphics card can show. Where there is none, these skip and say so.
#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "inference/layers/window_layers.h"
#include "networks/engine/card_check.h"
#include "networks/engine/cuda_support.h"
#include "networks/engine/gfpgan_restorer.h"
#include "networks/engine/repeated_call.h"
#include "networks/engine/slot_check.h"
#include "networks/engine/torch_device.h"
#include "networks/engine/window_restorer.h"
#include "reelface/core/log.h"
#include "support/random_checkpoint.h"

namespace reelface {
namespace {

class OnACard : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string reason = why_no_torch_card();
    if (!reason.empty()) GTEST_SKIP() << reason;
    prepare_torch();
    device_ = torch_device(resolve_torch_device("auto"));
    set_log_sink([this](LogLevel level, std::string_view text) {
      if (level == LogLevel::kWarning) warnings_ += std::string(text) + "\n";
    });
  }
  void TearDown() override { set_log_sink({}); }

  Placement placement(at::ScalarType type) const { return {device_, type}; }

  const c10::InferenceMode no_training_;
  at::Device device_ = at::Device(at::kCPU);
  std::string warnings_;
};

Checkpoint small_gfpgan() {
  return testing::random_checkpoint(expected_gfpgan_tensors(testing::gfpgan_shape(64, 0.25, 2, 64)), 5);
}

Checkpoint small_window_network() {
  const WindowShape shape = {3, {16, 32}, {1, 2}, {2}, 64, false};
  Checkpoint checkpoint = testing::random_checkpoint(expected_tensors(describe_window_network(shape)), 6);
  checkpoint.metadata["crop_size"] = "64";
  return checkpoint;
}

TEST_F(OnACard, TheSameFaceGetsTheSameBitsInEverySlot) {
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16, at::kHalf}) {
    for (const int batch : {2, 8}) {
      EXPECT_TRUE(same_bits_in_every_slot(GfpganRestorer(small_gfpgan(), placement(type)), batch)) << type << batch;
      EXPECT_TRUE(same_bits_in_every_slot(WindowRestorer(small_window_network(), placement(type)), batch))
          << type << batch;
    }
  }
  EXPECT_EQ(warnings_, "") << "everything was recorded";
}

TEST_F(OnACard, ARecordingGivesWhatThePlainCallGives) {
  const RepeatedCall call([](const at::Tensor& input) { return (input * 2).sin().add(1); });
  for (int number = 0; number < 5; ++number) {
    const at::Tensor input = at::full({64, 64}, number, at::TensorOptions().device(device_).dtype(at::kFloat));
    EXPECT_TRUE(at::equal(call(input), (input * 2).sin().add(1))) << number;
  }
  EXPECT_EQ(warnings_, "");
}

TEST_F(OnACard, ARecordingThatFailsLeavesItsMemoryUsable) {
  const RepeatedCall call([](const at::Tensor& input) {
    const at::Tensor large = at::empty({64 << 20}, input.options().dtype(at::kByte));
    large.zero_();
    // The processor cannot look at a number while work is only recorded.
    return input + input.sum().item<float>();
  });
  const at::Tensor input = at::ones({16}, at::TensorOptions().device(device_).dtype(at::kFloat));
  const std::unique_ptr<WorkRecorder> memory = make_recorder(device_);
  const std::int64_t before = memory->free_bytes();
  for (int round = 0; round < 4; ++round) EXPECT_EQ(call(input)[0].item<float>(), 17);
  EXPECT_NE(warnings_.find("without CUDA graphs"), std::string::npos) << warnings_;
  EXPECT_GE(memory->free_bytes(), before - (std::int64_t{32} << 20)) << "nothing of it is kept";
}

}  // namespace
}  // namespace reelface
