// SPDX-License-Identifier: Apache-2.0
#include "core/user_folder.h"

#include <gtest/gtest.h>

#include <optional>

#include "support/scoped_environment.h"

namespace reelface {
namespace {

std::string folder_with(const std::optional<std::string>& variable, const std::optional<std::string>& home) {
  const testing::ScopedEnvironment set_variable("REELFACE_TEST_HOME", variable), set_home("HOME", home);
  return user_folder("REELFACE_TEST_HOME", ".cache");
}

TEST(UserFolder, IsWhatTheVariableSays) {
  EXPECT_EQ(folder_with("/else/where", "/home/me"), "/else/where");
}

TEST(UserFolder, IsInTheHomeOtherwise) {
  EXPECT_EQ(folder_with(std::nullopt, "/home/me"), "/home/me/.cache");
  EXPECT_EQ(folder_with("", "/home/me"), "/home/me/.cache");
  EXPECT_EQ(folder_with("relative", "/home/me"), "/home/me/.cache");
}

TEST(UserFolder, WithoutAHomeThereIsNone) {
  EXPECT_EQ(folder_with(std::nullopt, std::nullopt), "");
  EXPECT_EQ(folder_with(std::nullopt, "relative"), "");
}

}  // namespace
}  // namespace reelface
