// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/mixed_checkpoint.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "inference/checkpoint/finite_values.h"
#include "reelface/core/error.h"
#include "support/random_checkpoint.h"

namespace reelface {
namespace {

using testing::random_checkpoint;

const std::vector<ExpectedTensor> kShape = {{"first.weight", {4, 3}}, {"first.bias", {4}}};

TEST(MixedCheckpoint, IsSoMuchOfEach) {
  const Checkpoint first = random_checkpoint(kShape, 1), twin = random_checkpoint(kShape, 2);
  const Checkpoint mixed = mixed_checkpoint(first, twin, 0.25);
  for (const auto& tensor : kShape) {
    const std::vector<float> a = finite_values(first, tensor.name), b = finite_values(twin, tensor.name);
    const std::vector<float> result = finite_values(mixed, tensor.name);
    ASSERT_EQ(result.size(), a.size());
    for (std::size_t i = 0; i < result.size(); ++i) EXPECT_FLOAT_EQ(result[i], 0.75F * a[i] + 0.25F * b[i]);
  }
  EXPECT_EQ(mixed.tensors.at("first.weight").shape, first.tensors.at("first.weight").shape);
}

TEST(MixedCheckpoint, ItsEndsAreTheTwo) {
  const Checkpoint first = random_checkpoint(kShape, 1), twin = random_checkpoint(kShape, 2);
  EXPECT_EQ(finite_values(mixed_checkpoint(first, twin, 0), "first.weight"), finite_values(first, "first.weight"));
  EXPECT_EQ(finite_values(mixed_checkpoint(first, twin, 1), "first.weight"), finite_values(twin, "first.weight"));
}

TEST(MixedCheckpoint, OthersAreNoTwins) {
  const Checkpoint first = random_checkpoint(kShape, 1);
  const std::vector<std::vector<ExpectedTensor>> others = {
      {{"first.weight", {4, 3}}},
      {{"first.weight", {4, 5}}, {"first.bias", {4}}},
      {{"first.weight", {4, 3}}, {"first.bias", {4}}, {"more", {1}}}};
  for (const auto& shape : others) {
    try {
      mixed_checkpoint(first, random_checkpoint(shape, 2), 0.5);
      FAIL();
    } catch (const Error& failure) {
      EXPECT_EQ(failure.exit_code(), ExitCode::kModelRejected);
      EXPECT_NE(std::string(failure.what()).find("is no twin of"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace reelface
