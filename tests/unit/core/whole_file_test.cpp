// SPDX-License-Identifier: Apache-2.0
#include "core/whole_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "core/path_check.h"
#include "reelface/core/error.h"
#include "support/generated_media.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;
using testing::file_bytes;
using testing::TemporaryFolder;
using testing::write_file;

TEST(WholeFile, TakesItsNameOnlyWhenCommitted) {
  const TemporaryFolder folder;
  const std::string path = folder.file("report.json");
  WholeFile file(path, Replacing::kNothing);
  file.write("all ");
  file.write("of it");
  EXPECT_FALSE(fs::exists(path));
  file.commit();
  EXPECT_EQ(file_bytes(path), "all of it");
}

TEST(WholeFile, LeavesNothingWhenAbandoned) {
  const TemporaryFolder folder;
  WholeFile(folder.file("report.json"), Replacing::kNothing).write("half");
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(WholeFile, NeverWritesThroughALinkThatHasThePlainNameOfAPart) {
  const TemporaryFolder folder;
  write_file(folder.file("precious"), "old");
  fs::create_symlink("precious", folder.file("report.json.part"));
  write_whole_file(folder.file("report.json"), "new", Replacing::kNothing);
  EXPECT_EQ(file_bytes(folder.file("precious")), "old");
  EXPECT_TRUE(fs::is_symlink(folder.file("report.json.part")));
}

TEST(WholeFile, ReplacesOnlyWhenAsked) {
  const TemporaryFolder folder;
  const std::string path = folder.file("report.json");
  write_file(path, "old");
  EXPECT_THROW(write_whole_file(path, "new", Replacing::kNothing), Error);
  EXPECT_EQ(file_bytes(path), "old");
  write_whole_file(path, "new", Replacing::kAsAsked);
  EXPECT_EQ(file_bytes(path), "new");
}

TEST(WholeFile, WritesDevicesAndPipesStraightThrough) {
  write_whole_file("/dev/null", "gone", Replacing::kNothing);  // kNothing: a fault would not take it away
  EXPECT_TRUE(is_special_file("/dev/null"));
  EXPECT_THROW(write_whole_file("/dev/full", "x", Replacing::kNothing), Error);
}

TEST(WholeFile, SaysWhyItCannotBeMade) {
  const TemporaryFolder folder;
  try {
    WholeFile file(folder.file("no/such"), Replacing::kNothing);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kOutputUnwritable);
    EXPECT_FALSE(error.advice().empty());
  }
}

}  // namespace
}  // namespace reelface
