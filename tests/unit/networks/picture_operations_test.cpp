// SPDX-License-Identifier: Apache-2.0
#include "networks/picture_operations.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

at::Tensor random(at::IntArrayRef sizes) {
  return at::rand(sizes, at::kFloat).sub_(0.5);
}

at::Tensor random_features(std::int64_t channels) {
  return random({2, channels, 6, 5}).contiguous(at::MemoryFormat::ChannelsLast);
}

StyledFinish random_finish(std::int64_t channels) {
  return {random({2, channels}), random({30}), random({channels})};
}

void expect_the_same_on_a_card(const StyledFinish& finish, std::int64_t channels) {
  at::Tensor features = random_features(channels), on_card = features.clone();
  const void* const memory = on_card.data_ptr();
  finish_styled(features, finish);
  finish_styled_on_card(on_card, finish);
  EXPECT_EQ(on_card.data_ptr(), memory);
  EXPECT_TRUE(on_card.is_contiguous(at::MemoryFormat::ChannelsLast));
  EXPECT_TRUE(at::allclose(features, on_card, 1e-5, 1e-6));
}

TEST(PictureOperations, FewerPassesFinishTheSame) {
  at::manual_seed(1);
  expect_the_same_on_a_card(random_finish(8), 8);
}

TEST(PictureOperations, FewerPassesFinishTheSameWithACondition) {
  at::manual_seed(2);
  StyledFinish finish = random_finish(8);
  finish.condition_scale = random_features(4);
  finish.condition_shift = random_features(4);
  finish.next_style = random({2, 8});
  expect_the_same_on_a_card(finish, 8);
}

TEST(PictureOperations, FinishesAsItIsWritten) {
  at::Tensor features = at::full({1, 2, 1, 1}, 3.0F).contiguous(at::MemoryFormat::ChannelsLast);
  const at::Tensor gain = at::tensor({2.0F, -2.0F}).view({1, 2}), next = at::tensor({10.0F, 100.0F}).view({1, 2});
  StyledFinish finish = {gain, at::tensor({0.5F}), at::tensor({0.25F, 0.75F})};
  finish.condition_scale = at::full({1, 1, 1, 1}, 4.0F);
  finish.condition_shift = at::full({1, 1, 1, 1}, 1.0F);
  finish.next_style = next;
  finish_styled(features, finish);
  EXPECT_FLOAT_EQ(features[0][0][0][0].item<float>(), 67.5F);    // 3 * 2 + 0.5 + 0.25, times 10
  EXPECT_FLOAT_EQ(features[0][1][0][0].item<float>(), -280.0F);  // (-6 + 0.5 + 0.75) / 5 * 4 + 1, times 100
}

}  // namespace
}  // namespace reelface
