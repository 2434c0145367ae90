// SPDX-License-Identifier: Apache-2.0
#include "core/path_check.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "reelface/core/error.h"
#include "support/generated_media.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;
using testing::write_file;

/// The message of the refusal; empty if there was none.
std::string refusal(const CommandPaths& paths) {
  try {
    check_paths(paths);
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    EXPECT_FALSE(error.advice().empty());
    return error.what();
  }
  return {};
}

std::string refusal(const std::string& written, const std::string& read, bool overwrite) {
  return refusal({{{"the input", read}}, {{"the output", written}}, overwrite});
}

bool is_same_file_refused(const std::string& message) {
  return message.find("same file") != std::string::npos;
}

TEST(CheckPaths, RefusesWhatIsReadThroughEveryKindOfLink) {
  const TemporaryFolder folder;
  const std::string input = folder.file("in.mkv");
  write_file(input, "film");
  fs::create_hard_link(input, folder.file("hard.mkv"));
  fs::create_symlink(input, folder.file("soft.mkv"));
  fs::create_symlink("soft.mkv", folder.file("softer.mkv"));
  fs::create_directory_symlink(folder.path(), folder.file("folder"));
  for (const char* name : {"in.mkv", "./in.mkv", "hard.mkv", "soft.mkv", "softer.mkv", "folder/in.mkv"})
    EXPECT_TRUE(is_same_file_refused(refusal(folder.file(name), input, true))) << name;
  EXPECT_TRUE(is_same_file_refused(refusal(input, folder.file("softer.mkv"), true)));
}

TEST(CheckPaths, ComparesEveryFileThatIsWrittenWithEveryOneThatIsRead) {
  const TemporaryFolder folder;
  for (const char* name : {"a", "b", "c"}) write_file(folder.file(name), name);
  const CommandPaths paths{{{"the input", folder.file("a")}, {"the photo", folder.file("b")}},
                           {{"the output", folder.file("c")}, {"the report", folder.file("b")}},
                           true};
  const std::string message = refusal(paths);
  EXPECT_NE(message.find("the report " + folder.file("b")), std::string::npos) << message;
  EXPECT_NE(message.find("the photo"), std::string::npos) << message;
}

TEST(CheckPaths, RefusesTwoOutputsInOnePlace) {
  const TemporaryFolder folder;
  fs::create_directory_symlink(folder.path(), folder.file("again"));
  const CommandPaths paths{
      {}, {{"the output", folder.file("new.mkv")}, {"the report", folder.file("again/./new.mkv")}}, true};
  EXPECT_TRUE(is_same_file_refused(refusal(paths)));
}

TEST(CheckPaths, RefusesFoldersMissingFoldersAndUnwantedReplacement) {
  const TemporaryFolder folder;
  write_file(folder.file("there.mkv"), "old");
  EXPECT_NE(refusal(folder.path().string(), "in.mkv", true), "");
  EXPECT_NE(refusal(folder.file("no/such/out.mkv"), "in.mkv", true), "");
  EXPECT_NE(refusal(folder.file("there.mkv"), "in.mkv", false), "");
  EXPECT_EQ(refusal(folder.file("there.mkv"), "in.mkv", true), "");
  EXPECT_EQ(refusal(folder.file("new.mkv"), "in.mkv", false), "");
  EXPECT_NE(refusal(folder.file(std::string(300, 'a')), "in.mkv", false), "");
  EXPECT_EQ(refusal({{}, {{"the output", folder.file("there.mkv"), true}}, false}), "");
}

TEST(CheckPaths, PassesOverStreamsDevicesAndWhatWasNotNamed) {
  EXPECT_EQ(refusal({{{"the input", "-"}, {"the tracks", ""}},
                     {{"the output", "-"}, {"the report", ""}, {"the page", "/dev/null"}},
                     false}),
            "");
}

}  // namespace
}  // namespace reelface
