// SPDX-License-Identifier: Apache-2.0
#include "reelface/core/file_stamp.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

namespace reelface {
namespace {

TEST(FileStamp, TellsAnotherLengthAndAnotherTime) {
  const std::string path = ::testing::TempDir() + "file-stamp-" + std::to_string(getpid());
  EXPECT_FALSE(stamp_of(path));
  std::ofstream(path) << "four";
  const auto first = stamp_of(path);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->bytes, 4);
  EXPECT_EQ(stamp_of(path), first);

  const auto written = std::filesystem::last_write_time(path);
  std::filesystem::last_write_time(path, written + std::chrono::microseconds(1));
  EXPECT_FALSE(stamp_of(path) == first);
  std::ofstream(path) << "seven..";
  std::filesystem::last_write_time(path, written);
  EXPECT_FALSE(stamp_of(path) == first);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace reelface
