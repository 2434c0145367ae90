// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/checkpoint_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>

#include "inference/checkpoint/tensor_values.h"
#include "reelface/core/error.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

using testing::TemporaryFolder;

template <class Number>
CheckpointTensor view_of(const std::vector<Number>& values, TensorType type, std::vector<std::int64_t> shape,
                         std::vector<std::int64_t> strides) {
  return {type, std::move(shape), std::move(strides), reinterpret_cast<const std::byte*>(values.data())};
}

class CheckpointWriter : public ::testing::Test {
 protected:
  CheckpointWriter() {
    checkpoint_.metadata["licence"] = "none";
    checkpoint_.tensors["floats"] = view_of(floats_, TensorType::kFloat32, {2, 3}, {3, 1});
    checkpoint_.tensors["transposed"] = view_of(floats_, TensorType::kFloat32, {3, 2}, {1, 3});
    checkpoint_.tensors["counts"] = view_of(counts_, TensorType::kInt64, {}, {});
    checkpoint_.tensors["empty"] = view_of(counts_, TensorType::kUInt8, {0, 4}, {4, 1});
  }

  const std::vector<float> floats_{1, 2, 3, 4.0001f, 5, 1e-3f};
  const std::vector<std::int64_t> counts_{7};
  Checkpoint checkpoint_;
  TemporaryFolder folder_;
};

TEST_F(CheckpointWriter, WritesWhatTheReaderReads) {
  write_safetensors(checkpoint_, folder_.file("a.safetensors"));
  const Checkpoint read = read_checkpoint(folder_.file("a.safetensors"));
  EXPECT_EQ(read.format, "safetensors");
  EXPECT_EQ(read.metadata, checkpoint_.metadata);
  ASSERT_EQ(read.tensors.size(), 4u);
  for (const auto& [name, tensor] : checkpoint_.tensors) {
    EXPECT_EQ(read.tensors.at(name).type, tensor.type);
    EXPECT_EQ(read.tensors.at(name).shape, tensor.shape);
    EXPECT_EQ(tensor_values(read.tensors.at(name)), tensor_values(tensor)) << name;
  }
  EXPECT_EQ(tensor_values(read.tensors.at("transposed")),
            (std::vector<double>{1, static_cast<double>(4.0001f), 2, 5, 3, static_cast<double>(1e-3f)}));
  EXPECT_FALSE(std::filesystem::exists(folder_.file("a.safetensors.part")));
}

TEST_F(CheckpointWriter, RoundsToHalfWhatIsFloatingPoint) {
  write_safetensors(checkpoint_, folder_.file("a.safetensors"), WrittenPrecision::kHalf);
  const Checkpoint read = read_checkpoint(folder_.file("a.safetensors"));
  EXPECT_EQ(read.tensors.at("floats").type, TensorType::kFloat16);
  EXPECT_EQ(read.tensors.at("counts").type, TensorType::kInt64);
  EXPECT_EQ(tensor_values(read.tensors.at("floats")), (std::vector<double>{1, 2, 3, 4, 5, 0.0010004043579101562}));
}

TEST_F(CheckpointWriter, RefusesValuesThatHalfCannotHoldAndLeavesNothing) {
  const std::vector<float> large{70000.0f};
  checkpoint_.tensors["large"] = view_of(large, TensorType::kFloat32, {1}, {1});
  try {
    write_safetensors(checkpoint_, folder_.file("a.safetensors"), WrittenPrecision::kHalf);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kModelRejected);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("'large'"));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(CheckpointWriter, SaysThatAFolderIsMissing) {
  try {
    write_safetensors(checkpoint_, folder_.file("no/such/a.safetensors"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kOutputUnwritable);
  }
}

}  // namespace
}  // namespace reelface
