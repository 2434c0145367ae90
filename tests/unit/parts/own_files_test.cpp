// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/own_files.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <set>
#include <string>

#include "core/unfinished_file.h"
#include "pipeline/parts/folder_lock.h"
#include "pipeline/parts/joined_film.h"
#include "reelface/core/error.h"
#include "support/generated_media.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;
using testing::write_file;

class OwnFiles : public ::testing::Test {
 protected:
  OwnFiles() { fs::create_directory(folder()); }

  std::string folder() const { return folder_.file("new.mkv.parts"); }
  void put(const std::string& name, const std::string& text = "") const { write_file(folder() + "/" + name, text); }
  std::set<std::string> names() const {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder())) found.insert(entry.path().filename().string());
    return found;
  }

  testing::TemporaryFolder folder_;
};

TEST(OwnNames, AreTheseAndNoOthers) {
  for (const char* name : {"plan.json", "film.index", "lock", "joined.json", "part-00000", "part-123456",
                           "part-00001.failed", "part-00001.host.example:42.running", ".part-00001.42.part",
                           ".part-00001.42.1.part", ".plan.json.42.part", ".part-00001.host:42.running.42.part"})
    EXPECT_TRUE(is_own_name(name)) << name;
  for (const char* name : {"film.mkv", "part-1", "part-00001.mkv", "my.part", ".film.mkv.42.part", "notes.running",
                           ".part-00001.part", "part-00001running", "plan.json.bak", ""})
    EXPECT_FALSE(is_own_name(name)) << name;
}

TEST_F(OwnFiles, AForeignFolderIsRefused) {
  EXPECT_NO_THROW(require_own_folder(folder_.file("not there")));
  EXPECT_NO_THROW(require_own_folder(folder()));
  put("lock");
  put("film.index", "reelface index 1\n");
  EXPECT_NO_THROW(require_own_folder(folder()));
  put("holiday.mov", "precious");
  EXPECT_THROW(require_own_folder(folder()), Error);
}

TEST_F(OwnFiles, ANameAloneMakesNoFileOurs) {
  put("lock", "somebody's words");
  EXPECT_THROW(require_own_folder(folder()), Error);
  fs::remove(folder() + "/lock");
  put("part-00000", "somebody's film");
  EXPECT_THROW(require_own_folder(folder()), Error);
  remove_own_folder(folder());
  EXPECT_EQ(names(), std::set<std::string>{"part-00000"});
}

TEST_F(OwnFiles, AFileInPlaceOfTheFolderIsRefusedAndSoIsALink) {
  write_file(folder_.file("file"), "x");
  EXPECT_THROW(require_own_folder(folder_.file("file")), Error);
  fs::create_directory_symlink(folder(), folder_.file("link"));
  EXPECT_THROW(require_own_folder(folder_.file("link")), Error);
}

TEST_F(OwnFiles, LeftoversGoAndOthersStay) {
  put(".part-00001.42.part", "half");
  put("part-00001.host:42.running", "{}");
  put("part-00000", "reelface packets 1\n");
  put("draft.part", "precious");
  remove_leftovers(folder());
  EXPECT_EQ(names(), (std::set<std::string>{"part-00000", "draft.part"}));
}

TEST_F(OwnFiles, TheFolderGoesUnlessItHoldsAnythingElse) {
  put("plan.json", "{}");
  put("part-00000", "reelface packets 1\n");
  put("draft.part", "precious");
  remove_own_folder(folder());
  EXPECT_EQ(names(), std::set<std::string>{"draft.part"});
  fs::remove(folder() + "/draft.part");
  remove_own_folder(folder());
  EXPECT_FALSE(fs::exists(folder()));
}

TEST_F(OwnFiles, AttemptsOfDeadWorkersGoAndThoseOfLivingOnesStay) {
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
  const UnfinishedFile living(folder() + "/part-00003", Replacing::kOurOwn);
  fs::last_write_time(living.path(), long_ago);
  put(".part-00003.42.part", "dead");
  put(".part-00003.43.part", "just begun, or on a machine whose locks are not seen here");
  put(".part-00004.42.part", "another part");
  fs::last_write_time(folder() + "/.part-00003.42.part", long_ago);
  remove_abandoned_attempts(folder(), 3);
  EXPECT_EQ(names(), (std::set<std::string>{fs::path(living.path()).filename().string(), ".part-00003.43.part",
                                            ".part-00004.42.part"}));
}

TEST_F(OwnFiles, AJoinedFilmIsKnownByItsBytes) {
  write_file(folder_.file("finished"), "the film");
  EXPECT_FALSE(is_joined_film(folder(), folder_.file("finished")));
  note_joined_film(folder(), folder_.file("finished"));
  EXPECT_TRUE(is_joined_film(folder(), folder_.file("finished")));
  write_file(folder_.file("other"), "a film, newer");
  EXPECT_FALSE(is_joined_film(folder(), folder_.file("other")));
  EXPECT_FALSE(is_joined_film(folder(), folder_.file("not there")));
  put("joined.json", "[1]");
  EXPECT_FALSE(is_joined_film(folder(), folder_.file("finished")));
}

TEST_F(OwnFiles, OneProcessAtATimeHoldsTheLock) {
  const FolderLock lock(folder());
  try {
    const FolderLock second(folder());
    FAIL() << "two hold the lock";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kTryAgain);
  }
}

TEST_F(OwnFiles, ALockOutlivesTheFolderThatItsHolderRemoves) {
  {
    const FolderLock lock(folder());
    remove_own_folder(folder());
    EXPECT_FALSE(fs::exists(folder()));
    const FolderLock next(folder());  // makes the folder and its own file anew
    EXPECT_EQ(names(), std::set<std::string>{"lock"});
  }
  const FolderLock last(folder());
}

TEST_F(OwnFiles, ALockIsNoLink) {
  write_file(folder_.file("precious"), "old");
  fs::create_symlink(folder_.file("precious"), folder() + "/lock");
  EXPECT_THROW(FolderLock lock(folder()), Error);
}

}  // namespace
}  // namespace reelface
