#include <gtest/gtest.h>

#include "inference/checkpoint/checkpoint.h"
#include "support/shared_folder.h"

namespace reelface {
namespace {

TEST(CheckpointGolden, ReadsSafetensors) {
  REELFACE_NEED_SHARED(path, "golden/gfpgan/gfpgan_clean_64.safetensors");
  const Checkpoint checkpoint = read_checkpoint(path);
  EXPECT_EQ(checkpoint.format, "safetensors");
  EXPECT_EQ(checkpoint.tensors.size(), 177u);
  EXPECT_EQ(checkpoint.tensors.count("conv_body_first.weight"), 1u);
}

}  // namespace
}  // namespace reelface
