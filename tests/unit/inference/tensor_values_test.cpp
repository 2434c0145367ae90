// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/tensor_values.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>

#include "inference/checkpoint/checkpoint_writer.h"
#include "inference/checkpoint/finite_values.h"
#include "reelface/core/error.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

template <class Number>
CheckpointTensor tensor_of(const std::vector<Number>& values, TensorType type, std::vector<std::int64_t> strides) {
  return {type, {2, 3}, std::move(strides), reinterpret_cast<const std::byte*>(values.data())};
}

void expect_equal_values(const CheckpointTensor& tensor) {
  const std::vector<double> exact = tensor_values(tensor);
  ASSERT_EQ(exact.size(), 6U);
  EXPECT_EQ(float_values(tensor), std::vector<float>(exact.begin(), exact.end()));
}

TEST(TensorValues, FloatsAreTheSameValues) {
  const std::vector<float> floats = {1, -2.5F, 3e-20F, 4, 5, 6};
  const std::vector<double> doubles = {1, -2.5, 1.0 / 3, 4, 5, 6};
  // 1, -2, the least number above zero, one below it, the largest one, zero
  const std::vector<std::uint16_t> halves = {0x3c00, 0xc000, 0x0001, 0x83ff, 0x7bff, 0x8000};
  const std::vector<std::uint16_t> brains = {0x3f80, 0xc000, 0x0001, 0x3eab, 0x7f7f, 0x8000};
  const std::vector<std::int32_t> whole = {1, -2, 3, 4, 5, 6};
  for (const std::vector<std::int64_t>& strides : {std::vector<std::int64_t>{3, 1}, {1, 2}}) {
    expect_equal_values(tensor_of(floats, TensorType::kFloat32, strides));
    expect_equal_values(tensor_of(doubles, TensorType::kFloat64, strides));
    expect_equal_values(tensor_of(halves, TensorType::kFloat16, strides));
    expect_equal_values(tensor_of(brains, TensorType::kBFloat16, strides));
    expect_equal_values(tensor_of(whole, TensorType::kInt32, strides));
  }
}

TEST(TensorValues, AnAxisOfOneElementMayHaveAnyStride) {
  const std::vector<float> values = {1, 2, 3, 4, 5, 6};
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  CheckpointTensor tensor = tensor_of(values, TensorType::kFloat32, {});
  tensor.shape = {1, 3, 1, 2, 1};
  tensor.strides = {kMost, 1, kMost, 3, kMost};  // transposed, so that elements are looked for one by one
  EXPECT_EQ(float_values(tensor), (std::vector<float>{1, 4, 2, 5, 3, 6}));
  tensor.strides = {kMost, 2, kMost / 2 + 1, 1, kMost};  // without gaps
  EXPECT_EQ(tensor_values(tensor), std::vector<double>(values.begin(), values.end()));
}

TEST(TensorValues, WhatIsNoNumberIsRefused) {
  Checkpoint checkpoint;
  checkpoint.path = "weights";
  std::vector<float> values = {1, 2, 3, 4, 5, 6};
  checkpoint.tensors["layer"] = tensor_of(values, TensorType::kFloat32, {3, 1});
  EXPECT_EQ(finite_values(checkpoint, "layer"), values);
  for (const float wrong : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
    values[4] = wrong;
    EXPECT_THROW(finite_values(checkpoint, "layer"), Error);
  }
  EXPECT_THROW(finite_values(checkpoint, "missing"), Error);
}

TEST(TensorValues, WhatWasLetGoCanBeReadAgain) {
  const testing::TemporaryFolder folder;
  std::vector<float> values(100'000);
  std::iota(values.begin(), values.end(), 0.0F);
  Checkpoint written;
  written.tensors["layer"] = {
      TensorType::kFloat32, {100, 1000}, {1000, 1}, reinterpret_cast<const std::byte*>(values.data())};
  write_safetensors(written, folder.file("a.safetensors"));
  const Checkpoint checkpoint = read_checkpoint(folder.file("a.safetensors"));
  const CheckpointTensor& tensor = checkpoint.tensors.at("layer");
  EXPECT_EQ(float_values(tensor), values);
  checkpoint.let_go(tensor);
  EXPECT_EQ(float_values(tensor), values);

  written.let_go(written.tensors.at("layer"));  // in no file: stays
  EXPECT_EQ(values.back(), 99'999);
}

}  // namespace
}  // namespace reelface
