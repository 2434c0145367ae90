// SPDX-License-Identifier: Apache-2.0
#include "core/unfinished_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <string>

#include "reelface/core/error.h"
#include "support/generated_media.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;
using testing::file_bytes;
using testing::TemporaryFolder;
using testing::write_file;

void put(UnfinishedFile& file, const std::string& text) {
  ASSERT_EQ(file.file().write_all(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()), 0);
}

int entries(const fs::path& folder) {
  return static_cast<int>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(UnfinishedFile, NothingHasTheFinalNameBeforePublish) {
  const TemporaryFolder folder;
  const std::string name = folder.file("out.mkv");
  UnfinishedFile file(name, Replacing::kNothing);
  put(file, "all of it");
  file.seal();
  EXPECT_FALSE(fs::exists(name));
  EXPECT_EQ(fs::path(file.path()).parent_path(), folder.path());
  file.publish();
  EXPECT_EQ(file_bytes(name), "all of it");
  EXPECT_EQ(entries(folder.path()), 1);
}

TEST(UnfinishedFile, LeavesNothingWhenAbandonedAndAPartWhenKept) {
  const TemporaryFolder folder;
  { UnfinishedFile file(folder.file("out.mkv"), Replacing::kNothing); }
  EXPECT_EQ(entries(folder.path()), 0);
  std::string kept;
  {
    UnfinishedFile file(folder.file("out.mkv"), Replacing::kNothing);
    put(file, "half");
    file.seal();
    file.keep();
    kept = file.path();
  }
  EXPECT_EQ(file_bytes(kept), "half");
  EXPECT_FALSE(fs::exists(folder.file("out.mkv")));
}

TEST(UnfinishedFile, NeverReplacesAFileThatAppearedMeanwhile) {
  const TemporaryFolder folder;
  const std::string name = folder.file("out.mkv");
  std::string part;
  {
    UnfinishedFile file(name, Replacing::kNothing);
    put(file, "ours");
    write_file(name, "theirs");
    file.seal();
    try {
      file.publish();
      FAIL() << "the other file was replaced";
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kOutputUnwritable);
    }
    part = file.path();
  }
  EXPECT_EQ(file_bytes(name), "theirs");
  EXPECT_EQ(file_bytes(part), "ours");  // the work is not lost
}

TEST(UnfinishedFile, OverwritesWhenAskedAndKeepsThePermissions) {
  const TemporaryFolder folder;
  const std::string name = folder.file("out.mkv");
  write_file(name, "old");
  fs::permissions(name, fs::perms::owner_read | fs::perms::owner_write);
  UnfinishedFile file(name, Replacing::kAsAsked);
  put(file, "new");
  file.seal();
  EXPECT_EQ(file_bytes(name), "old");
  file.publish();
  EXPECT_EQ(file_bytes(name), "new");
  EXPECT_EQ(fs::status(name).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(UnfinishedFile, WritesThroughALinkInsteadOfReplacingIt) {
  const TemporaryFolder folder;
  write_file(folder.file("real.mkv"), "old");
  fs::create_symlink("real.mkv", folder.file("link.mkv"));
  UnfinishedFile file(folder.file("link.mkv"), Replacing::kAsAsked);
  put(file, "new");
  file.seal();
  file.publish();
  EXPECT_TRUE(fs::is_symlink(folder.file("link.mkv")));
  EXPECT_EQ(file_bytes(folder.file("real.mkv")), "new");
}

TEST(UnfinishedFile, ReplacesALinkThatHasOneOfOurOwnNamesAndNotWhatItLeadsTo) {
  const TemporaryFolder folder;
  write_file(folder.file("precious"), "old");
  fs::create_symlink("precious", folder.file("part-00000"));
  UnfinishedFile file(folder.file("part-00000"), Replacing::kOurOwn);
  put(file, "new");
  file.seal();
  file.publish();
  EXPECT_FALSE(fs::is_symlink(folder.file("part-00000")));
  EXPECT_EQ(file_bytes(folder.file("part-00000")), "new");
  EXPECT_EQ(file_bytes(folder.file("precious")), "old");
}

TEST(UnfinishedFile, TellsWhetherItsWriterLives) {
  const TemporaryFolder folder;
  std::string part;
  {
    UnfinishedFile file(folder.file("out.mkv"), Replacing::kNothing);
    part = file.path();
    EXPECT_FALSE(is_abandoned(part));
    file.seal();
    file.keep();
  }
  EXPECT_TRUE(is_abandoned(part));
  EXPECT_FALSE(is_abandoned(folder.file("no such file")));
}

TEST(UnfinishedFile, ALeftoverOfTheSameProcessNumberIsNoObstacle) {
  const TemporaryFolder folder;
  write_file(folder.file(".out.mkv." + std::to_string(getpid()) + ".part"), "left over");
  UnfinishedFile file(folder.file("out.mkv"), Replacing::kNothing);
  put(file, "new");
  file.seal();
  file.publish();
  EXPECT_EQ(file_bytes(folder.file("out.mkv")), "new");
  EXPECT_EQ(entries(folder.path()), 2);
}

TEST(UnfinishedFile, TheLongestNameStillHasAPart) {
  const TemporaryFolder folder;
  const std::string name = folder.file(std::string(251, 'n').append(".mkv"));
  UnfinishedFile file(name, Replacing::kNothing);
  file.seal();
  file.publish();
  EXPECT_TRUE(fs::exists(name));
}

TEST(UnfinishedFile, SaysWhenTheFolderCannotBeWritten) {
  try {
    UnfinishedFile file("/proc/out.mkv", Replacing::kNothing);
    FAIL() << "a file was made in /proc";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kOutputUnwritable);
    EXPECT_FALSE(error.advice().empty());
  }
}

TEST(FileOutput, RemembersAFullDisk) {
  FileOutput file(::open("/dev/full", O_WRONLY), "/dev/full", true);
  const std::uint8_t byte = 0;
  EXPECT_EQ(file.write_all(&byte, 1), -ENOSPC);
  EXPECT_THROW(file.synchronize(), Error);
  EXPECT_THROW(file.close(), Error);
}

TEST(FileOutput, AFileSizeLimitIsAnErrorNotTheEnd) {
  const TemporaryFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {  // limits and signals are the whole process's
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1000, 1000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int code = 1;
    try {
      UnfinishedFile file(folder.file("out.mkv"), Replacing::kNothing);
      const std::string bytes(5000, 'x');
      file.file().write_all(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
      file.seal();
    } catch (const Error& error) {
      code = error.exit_code() == ExitCode::kOutputUnwritable ? 0 : 2;
    }
    ::_exit(code);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(entries(folder.path()), 0);
}

TEST(UnfinishedFile, NothingHasTheNameAfterAKill) {
  const TemporaryFolder folder;
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    UnfinishedFile file(folder.file("out.mkv"), Replacing::kNothing);
    file.file().write_all(reinterpret_cast<const std::uint8_t*>("half"), 4);
    if (::write(ready[1], "x", 1) == 1) ::pause();
    ::_exit(1);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(ready[0]);
  ::close(ready[1]);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_FALSE(fs::exists(folder.file("out.mkv")));
}

TEST(UnfinishedFile, ItsNameTellsWhichItIsToGet) {
  const TemporaryFolder folder;
  const UnfinishedFile first(folder.file("1.report.json"), Replacing::kNothing),
      second(folder.file("1.report.json"), Replacing::kNothing);
  for (const UnfinishedFile* file : {&first, &second})
    EXPECT_EQ(name_of_unfinished(fs::path(file->path()).filename().string()), "1.report.json");
  for (const char* other :
       {"", ".part", ".", "film.mkv", "film.123.part", ".film.part", ".film.12x.part", ".film.123.json"})
    EXPECT_EQ(name_of_unfinished(other), "") << other;
}

}  // namespace
}  // namespace reelface
