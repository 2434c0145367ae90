// SPDX-License-Identifier: Apache-2.0
#include "app/settings_folder.h"

#include <gtest/gtest.h>

#include <fstream>

#include "reelface/core/error.h"
#include "support/scoped_environment.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

using testing::ScopedEnvironment;

TEST(SettingsFolder, IsWhereProgramsKeepTheirConfiguration) {
  const ScopedEnvironment home("HOME", "/home/anna");
  {
    const ScopedEnvironment configuration("XDG_CONFIG_HOME", "/etc/of/anna");
    EXPECT_EQ(settings_path("studio"), "/etc/of/anna/reelface/studio.json");
  }
  for (const char* none : {"", "not/from/the/root"}) {
    const ScopedEnvironment configuration("XDG_CONFIG_HOME", none);
    EXPECT_EQ(settings_path("studio"), "/home/anna/.config/reelface/studio.json");
  }
}

TEST(SettingsFolder, APathIsAFile) {
  for (const char* path : {"studio.json", "./studio", "../a/b", "/a/b.json"}) EXPECT_EQ(settings_path(path), path);
}

TEST(SettingsFolder, NamesNeedAHome) {
  const ScopedEnvironment home("HOME", std::nullopt), configuration("XDG_CONFIG_HOME", std::nullopt);
  EXPECT_THROW(settings_path("studio"), Error);
  EXPECT_EQ(settings_path("./studio"), "./studio");
  EXPECT_TRUE(settings_names().empty());
}

TEST(SettingsFolder, ListsWhatIsThere) {
  const testing::TemporaryFolder folder;
  const ScopedEnvironment configuration("XDG_CONFIG_HOME", folder.path().string());
  EXPECT_TRUE(settings_names().empty());
  make_settings_folder("./a/path");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "reelface"));
  make_settings_folder("a name");
  for (const char* name : {"web", "studio"}) std::ofstream(settings_path(name)) << "{}";
  std::ofstream(folder.path() / "reelface" / "note.txt") << "";
  EXPECT_EQ(settings_names(), (std::vector<std::string>{"studio", "web"}));
  EXPECT_EQ(found_settings("web"), settings_path("web"));
}

TEST(SettingsFolder, WhatIsNotThereIsAnsweredWithTheNearest) {
  const testing::TemporaryFolder folder;
  const ScopedEnvironment configuration("XDG_CONFIG_HOME", folder.path().string());
  make_settings_folder("studio");
  std::ofstream(settings_path("studio")) << "{}";
  try {
    found_settings("studoi");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kInputUnreadable);
    EXPECT_EQ(error.advice().rfind("studio; ", 0), 0u) << error.advice();
  }
}

}  // namespace
}  // namespace reelface
