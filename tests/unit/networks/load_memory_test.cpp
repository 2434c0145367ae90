// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <malloc.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "inference/checkpoint/checkpoint_writer.h"
#include "networks/engine/gfpgan_restorer.h"
#include "support/random_checkpoint.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

/// A line of /proc/self/status, in bytes.
double memory(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind(name + ":", 0) == 0) return 1024 * std::stod(line.substr(name.size() + 1));
  }
  return 0;
}

/// The peak is that of now.
void forget_peak() {
  ::malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << 5;
}

Checkpoint random_gfpgan(const GfpganShape& shape) {
  return testing::random_checkpoint(expected_gfpgan_tensors(shape), 5);
}

TEST(LoadMemory, PeaksAtLittleMoreThanTheModelsSize) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer's memory would be measured";
#endif
  const testing::TemporaryFolder folder;
  const std::string path = folder.file("model.safetensors");
  write_safetensors(random_gfpgan(testing::gfpgan_shape(512, 1, 2, 512)), path);
  const auto size = static_cast<double>(std::filesystem::file_size(path));
  ASSERT_GT(size, 300e6);
  // What LibTorch needs for any network is not the model's.
  const GfpganRestorer small(random_gfpgan(testing::gfpgan_shape(64, 0.0625, 1, 24)), Placement());

  forget_peak();
  const double base = memory("VmRSS");
  const GfpganRestorer restorer(read_checkpoint(path), Placement());
  const double share = (memory("VmHWM") - base) / size;
  EXPECT_LT(share, 1.3);
  RecordProperty("share", std::to_string(share));
  EXPECT_GT(share, 0.9) << "the weights themselves must have been seen";
}

}  // namespace
}  // namespace reelface
