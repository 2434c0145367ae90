// SPDX-License-Identifier: Apache-2.0
#include "core/stamped_name.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_folder.h"

namespace reelface {
namespace {

TEST(StampedName, TellsAFileFromTheOneBeforeIt) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.file("tracks.json");
  EXPECT_EQ(stamped_name(path), path);  // it is not there
  std::ofstream(path) << "one";
  const std::string first = stamped_name(path);
  EXPECT_EQ(first.find(path + " 3 "), 0U);
  EXPECT_EQ(stamped_name(path), first);
  std::ofstream(path) << "another";
  EXPECT_NE(stamped_name(path), first);
}

TEST(StampedName, LeavesOtherWordsAlone) {
  for (const char* word : {"", "80", "faithful", "a/b", "on"}) EXPECT_EQ(stamped_name(word), word);
}

}  // namespace
}  // namespace reelface
