// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <filesystem>

#include "inference/checkpoint/tensor_values.h"
#include "reelface/core/error.h"
#include "support/shared_folder.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

void expect_same_tensors(const Checkpoint& left, const Checkpoint& right, bool rounded_to_half) {
  ASSERT_EQ(left.tensors.size(), right.tensors.size());
  for (const auto& [name, tensor] : left.tensors) {
    SCOPED_TRACE(name);
    ASSERT_EQ(right.tensors.count(name), 1u);
    const CheckpointTensor& other = right.tensors.at(name);
    ASSERT_EQ(tensor.shape, other.shape);
    const std::vector<double> values = tensor_values(tensor);
    const std::vector<double> others = tensor_values(other);
    for (std::size_t i = 0; i < values.size(); ++i) {
      // Half keeps 11 bits: relative 2^-11 after rounding, absolute 2^-25 among its subnormals.
      const double tolerance = rounded_to_half ? std::max(std::fabs(values[i]) / 2048, 1.0 / (1 << 25)) : 0.0;
      ASSERT_LE(std::fabs(values[i] - others[i]), tolerance) << "element " << i;
    }
  }
}

TEST(CheckpointGolden, EveryFormHoldsTheSameTensors) {
  const std::string base = "golden/gfpgan/gfpgan_clean_64";
  REELFACE_NEED_SHARED(reference_path, base + ".safetensors");
  const Checkpoint reference = read_checkpoint(reference_path);
  EXPECT_EQ(reference.format, "safetensors");
  EXPECT_EQ(reference.tensors.size(), 177u);
  const std::vector<std::pair<std::string, std::string>> forms = {{".pth", "pytorch zip"},
                                                                  {".bare.pth", "pytorch zip"},
                                                                  {".params_key.pth", "pytorch zip"},
                                                                  {".half.pth", "pytorch zip"},
                                                                  {".legacy.pth", "pytorch legacy"}};
  for (const auto& [ending, format] : forms) {
    SCOPED_TRACE(ending);
    REELFACE_NEED_SHARED(path, base + ending);
    const Checkpoint checkpoint = read_checkpoint(path);
    EXPECT_EQ(checkpoint.format, format);
    EXPECT_EQ(checkpoint.path, path);
    expect_same_tensors(reference, checkpoint, ending == ".half.pth");
  }
}

TEST(CheckpointGolden, ReadsATrainingCheckpointWithOptimiserState) {
  REELFACE_NEED_SHARED(path, "models/yunet_n.pth");
  REELFACE_NEED_SHARED(spotter_path, "models/spotter.safetensors");
  const Checkpoint yunet = read_checkpoint(path);
  const Checkpoint spotter = read_checkpoint(spotter_path);
  EXPECT_EQ(yunet.tensors.at("backbone.model0.bn1.num_batches_tracked").type, TensorType::kInt64);
  for (const auto& [name, tensor] : spotter.tensors) {
    ASSERT_EQ(yunet.tensors.count(name), 1u) << name;
    EXPECT_EQ(yunet.tensors.at(name).shape, tensor.shape) << name;
  }
}

TEST(CheckpointGolden, RefusesEveryHostileFileQuicklyWithOneLine) {
  REELFACE_NEED_SHARED(folder, "golden/hostile");
  int files = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string path = entry.path().string();
    SCOPED_TRACE(path);
    ++files;
    const auto start = std::chrono::steady_clock::now();
    try {
      read_checkpoint(path);
      ADD_FAILURE() << "accepted";
    } catch (const Error& error) {
      const std::string message = error.what();
      RecordProperty(entry.path().filename().string(), message);
      EXPECT_EQ(error.exit_code(), ExitCode::kModelRejected);
      EXPECT_EQ(message.find('\n'), std::string::npos);
      EXPECT_EQ(message.rfind(path + ": ", 0), 0u) << message;
      EXPECT_LT(message.size(), path.size() + 200);
      EXPECT_FALSE(error.advice().empty());
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
  }
  EXPECT_GE(files, 30);
  for (const auto& entry : fs::directory_iterator(fs::temp_directory_path())) {
    EXPECT_NE(entry.path().filename().string().rfind("pwned", 0), 0u) << "a canary was run: " << entry.path();
  }
}

TEST(CheckpointGolden, NamesWhatTheHostileFilesWantToRun) {
  REELFACE_NEED_SHARED(path, "golden/hostile/exec_os_system.pth");
  try {
    read_checkpoint(path);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("'os.system'"));
  }
}

}  // namespace
}  // namespace reelface
