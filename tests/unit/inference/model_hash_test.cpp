// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "reelface/core/error.h"
#include "reelface/inference/model_store.h"
#include "support/safetensors_builder.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

TEST(ModelHash, IsTheFilesSha256) {
  const testing::TemporaryFolder folder;
  testing::write_bytes(folder.file("abc"), "abc");
  EXPECT_EQ(sha256_of_file(folder.file("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_THROW(sha256_of_file(folder.file("missing")), Error);
  EXPECT_THROW(sha256_of_file(folder.path().string()), Error);
}

}  // namespace
}  // namespace reelface
