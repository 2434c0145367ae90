// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/torch_device.h"

#include <gtest/gtest.h>

#include "support/scoped_environment.h"

namespace reelface {
namespace {

TEST(TorchDevice, KeepsFp32ExactWhateverTheEnvironmentSays) {
  const testing::ScopedEnvironment of_libtorch("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "1");
  const testing::ScopedEnvironment of_nvidia("NVIDIA_TF32_OVERRIDE", "1");
  keep_fp32_exact();
  EXPECT_FALSE(at::globalContext().allowTF32CuBLAS());
  EXPECT_FALSE(at::globalContext().allowTF32CuDNN());
  EXPECT_STREQ(std::getenv("NVIDIA_TF32_OVERRIDE"), "0") << "which its libraries take for a ban";
}

}  // namespace
}  // namespace reelface
