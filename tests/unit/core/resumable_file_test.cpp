#include "reelface/core/resumable_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "reelface/core/error.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

class ResumableFileTest : public ::testing::Test {
 protected:
  ResumableFileTest() : folder_(fs::path(::testing::TempDir()) / ("part-file-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~ResumableFileTest() override { fs::remove_all(folder_); }

  std::string path() const { return (folder_ / "out").string(); }
  static std::string content(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  fs::path folder_;
};

TEST_F(ResumableFileTest, TakesItsNameOnlyWhenCommitted) {
  { std::ofstream(path()) << "before"; }
  ResumableFile file(path(), ResumableFile::Start::kEmpty);
  file.write("after");
  EXPECT_EQ(content(path()), "before");
  file.commit();
  EXPECT_EQ(content(path()), "after");
  EXPECT_FALSE(fs::exists(path() + ".part"));
}

TEST_F(ResumableFileTest, LeavesNothingWhenAbandoned) {
  ResumableFile(path(), ResumableFile::Start::kEmpty).write("half");
  EXPECT_TRUE(fs::is_empty(folder_));
  { const ResumableFile nothing_came(path(), ResumableFile::Start::kContinue); }
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(ResumableFileTest, GoesOnWhereItStopped) {
  ResumableFile(path(), ResumableFile::Start::kContinue).write("one ");
  EXPECT_EQ(content(path() + ".part"), "one ");
  {
    ResumableFile file(path(), ResumableFile::Start::kContinue);
    EXPECT_EQ(file.size_bytes(), 4u);
    file.write("two");
    EXPECT_EQ(file.size_bytes(), 7u);
    file.commit();
  }
  EXPECT_EQ(content(path()), "one two");
}

TEST_F(ResumableFileTest, CanStartAgainOrBeThrownAway) {
  {
    ResumableFile file(path(), ResumableFile::Start::kContinue);
    file.write("wrong");
    file.truncate();
    EXPECT_EQ(file.size_bytes(), 0u);
    file.write("right");
  }
  EXPECT_EQ(content(path() + ".part"), "right");
  ResumableFile(path(), ResumableFile::Start::kContinue).discard();
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(ResumableFileTest, SaysWhyItCannotBeMade) {
  try {
    ResumableFile file((folder_ / "no" / "such").string(), ResumableFile::Start::kEmpty);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kOutputUnwritable);
  }
}

TEST(ResumableFile, SeesAFullDisk) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const fs::path folder = fs::path(::testing::TempDir()) / ("part-file-full-" + std::to_string(getpid()));
  fs::create_directories(folder);
  fs::create_symlink("/dev/full", folder / "out.part");
  try {
    ResumableFile file((folder / "out").string(), ResumableFile::Start::kEmpty);
    file.write("x");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kOutputUnwritable);
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace reelface
