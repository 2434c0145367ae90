#include "reelface/core/part_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "reelface/core/error.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

class PartFileTest : public ::testing::Test {
 protected:
  PartFileTest() : folder_(fs::path(::testing::TempDir()) / ("part-file-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~PartFileTest() override { fs::remove_all(folder_); }

  std::string path() const { return (folder_ / "out").string(); }
  static std::string content(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  fs::path folder_;
};

TEST_F(PartFileTest, TakesItsNameOnlyWhenCommitted) {
  { std::ofstream(path()) << "before"; }
  PartFile file(path(), PartFile::Start::kEmpty);
  file.write("after");
  EXPECT_EQ(content(path()), "before");
  file.commit();
  EXPECT_EQ(content(path()), "after");
  EXPECT_FALSE(fs::exists(path() + ".part"));
}

TEST_F(PartFileTest, LeavesNothingWhenAbandoned) {
  PartFile(path(), PartFile::Start::kEmpty).write("half");
  EXPECT_TRUE(fs::is_empty(folder_));
  { const PartFile nothing_came(path(), PartFile::Start::kContinue); }
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(PartFileTest, GoesOnWhereItStopped) {
  PartFile(path(), PartFile::Start::kContinue).write("one ");
  EXPECT_EQ(content(path() + ".part"), "one ");
  {
    PartFile file(path(), PartFile::Start::kContinue);
    EXPECT_EQ(file.size_bytes(), 4u);
    file.write("two");
    EXPECT_EQ(file.size_bytes(), 7u);
    file.commit();
  }
  EXPECT_EQ(content(path()), "one two");
}

TEST_F(PartFileTest, CanStartAgainOrBeThrownAway) {
  {
    PartFile file(path(), PartFile::Start::kContinue);
    file.write("wrong");
    file.truncate();
    EXPECT_EQ(file.size_bytes(), 0u);
    file.write("right");
  }
  EXPECT_EQ(content(path() + ".part"), "right");
  PartFile(path(), PartFile::Start::kContinue).discard();
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(PartFileTest, SaysWhyItCannotBeMade) {
  try {
    PartFile file((folder_ / "no" / "such").string(), PartFile::Start::kEmpty);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kOutputUnwritable);
  }
}

TEST(PartFile, SeesAFullDisk) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const fs::path folder = fs::path(::testing::TempDir()) / ("part-file-full-" + std::to_string(getpid()));
  fs::create_directories(folder);
  fs::create_symlink("/dev/full", folder / "out.part");
  try {
    PartFile file((folder / "out").string(), PartFile::Start::kEmpty);
    file.write("x");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kOutputUnwritable);
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace reelface
