// SPDX-License-Identifier: Apache-2.0
#include "app/download_file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "core/sha256.h"
#include "reelface/core/error.h"
#include "support/generated_media.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;
using testing::file_bytes;
using testing::write_file;

class DownloadFileTest : public ::testing::Test {
 protected:
  std::string path() const { return folder_.file("model"); }

  ExitCode refusal() const {
    try {
      const DownloadFile file(path());
    } catch (const Error& error) {
      return error.exit_code();
    }
    return ExitCode::kDone;
  }

  testing::TemporaryFolder folder_;
};

TEST_F(DownloadFileTest, GoesOnWhereItStopped) {
  DownloadFile(path()).write("one ");
  EXPECT_EQ(file_bytes(path() + ".part"), "one ");
  {
    DownloadFile file(path());
    EXPECT_EQ(file.size_bytes(), 4u);
    file.write("two");
    EXPECT_EQ(file.size_bytes(), 7u);
    EXPECT_EQ(file.sha256(), sha256_of("one two"));
    file.commit();
  }
  EXPECT_EQ(file_bytes(path()), "one two");
  EXPECT_FALSE(fs::exists(path() + ".part"));
}

TEST_F(DownloadFileTest, CanStartAgainOrBeThrownAway) {
  {
    DownloadFile file(path());
    file.write("wrong");
    file.truncate();
    EXPECT_EQ(file.size_bytes(), 0u);
    file.write("right");
  }
  EXPECT_EQ(file_bytes(path() + ".part"), "right");
  DownloadFile(path()).discard();
  EXPECT_TRUE(fs::is_empty(folder_.path()));
  { const DownloadFile nothing_came(path()); }
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(DownloadFileTest, OnlyOneProcessWritesAtATime) {
  DownloadFile first(path());
  first.write("half");
  EXPECT_EQ(refusal(), ExitCode::kTryAgain);
  EXPECT_EQ(file_bytes(path() + ".part"), "half");
}

TEST_F(DownloadFileTest, NothingIsWrittenThroughALinkOrIntoAFileOfTwoNames) {
  write_file(folder_.file("precious"), "old");
  fs::create_symlink("precious", path() + ".part");
  EXPECT_EQ(refusal(), ExitCode::kOutputUnwritable);
  fs::remove(path() + ".part");
  fs::create_hard_link(folder_.file("precious"), path() + ".part");
  EXPECT_EQ(refusal(), ExitCode::kOutputUnwritable);
  EXPECT_EQ(file_bytes(folder_.file("precious")), "old");
}

TEST_F(DownloadFileTest, TheChecksumIsOfWhatWasWrittenNotOfWhatHasTheName) {
  DownloadFile file(path());
  file.write("ours");
  fs::rename(path() + ".part", folder_.file("moved"));
  write_file(path() + ".part", "theirs");
  EXPECT_EQ(file.sha256(), sha256_of("ours"));
}

TEST_F(DownloadFileTest, SaysWhyItCannotBeMade) {
  EXPECT_THROW(DownloadFile(folder_.file("no/such")), Error);
}

}  // namespace
}  // namespace reelface
