// SPDX-License-Identifier: Apache-2.0
#include "studio/root_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "reelface/core/error.h"
#include "support/generated_media.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

/// root/ with films in it, and a secret beside it.
class RootFolderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(root_ + "/films/old");
    testing::write_file(root_ + "/a.mkv", "1");
    testing::write_file(root_ + "/films/b.mkv", "22");
    testing::write_file(root_ + "/.hidden", "3");
    testing::write_file(folder_.file("secret"), "s");
    fs::create_directories(folder_.file("root-beside"));
    testing::write_file(folder_.file("root-beside/x"), "x");
  }

  std::vector<std::string> names(const std::string& inside) const {
    std::vector<std::string> found;
    for (const FolderEntry& entry : RootFolder(root_).list(inside))
      found.push_back(entry.name + (entry.is_folder ? "/" : ""));
    return found;
  }

  testing::TemporaryFolder folder_;
  std::string root_ = folder_.file("root");
};

using Names = std::vector<std::string>;

TEST_F(RootFolderTest, FindsWhatIsInIt) {
  const RootFolder root(root_);
  const std::string real = fs::canonical(root_).string();
  EXPECT_EQ(root.existing_file("a.mkv"), real + "/a.mkv");
  EXPECT_EQ(root.existing_file("films//b.mkv"), real + "/films/b.mkv");
  EXPECT_EQ(root.existing("films"), real + "/films");
  EXPECT_EQ(root.inside_of(root_ + "/films/../films/b.mkv"), "films/b.mkv");
}

TEST_F(RootFolderTest, NothingLeadsOut) {
  const RootFolder root(root_);
  fs::create_symlink(folder_.file("secret"), root_ + "/link");
  fs::create_symlink("..", root_ + "/up");
  fs::create_symlink("/", root_ + "/everything");
  for (const std::string& path :
       {std::string("../secret"), std::string("films/../../secret"), std::string("link"), std::string("up/secret"),
        std::string("everything/etc/passwd"), std::string("/etc/passwd"), folder_.file("secret"), std::string(".."),
        std::string("../root-beside/x"), std::string("a.mkv\0/../../secret", 19), std::string("films/../a.mkv"),
        std::string(5000, 'x'), std::string("none"), std::string("a.mkv/")})
    EXPECT_THROW(root.existing_file(path), Error) << path;
  EXPECT_THROW(root.inside_of(folder_.file("secret")), Error);
  EXPECT_THROW(root.inside_of(root_ + "/link"), Error);
}

TEST_F(RootFolderTest, LinksInsideAreFollowed) {
  fs::create_symlink("films/b.mkv", root_ + "/inside");
  EXPECT_EQ(RootFolder(root_).existing_file("inside"), fs::canonical(root_).string() + "/films/b.mkv");
}

TEST_F(RootFolderTest, OnlyOrdinaryFilesAreFiles) {
  const RootFolder root(root_);
  ASSERT_EQ(::mkfifo((root_ + "/pipe").c_str(), 0600), 0);
  EXPECT_THROW(root.existing_file("pipe"), Error);
  EXPECT_THROW(root.existing_file("films"), Error);
  EXPECT_THROW(root.existing_file(""), Error);
}

TEST_F(RootFolderTest, ListsFoldersFirstAndNothingHidden) {
  fs::create_symlink(folder_.file("secret"), root_ + "/link");
  fs::create_symlink("nowhere", root_ + "/broken");
  fs::create_directory_symlink("films", root_ + "/more");
  ASSERT_EQ(::mkfifo((root_ + "/pipe").c_str(), 0600), 0);
  testing::write_file(root_ + "/not\xfftext", "");
  testing::write_file(root_ + "/bell\a", "");
  EXPECT_EQ(names(""), (Names{"films/", "more/", "a.mkv"}));
  EXPECT_EQ(names("films"), (Names{"old/", "b.mkv"}));
  EXPECT_EQ(RootFolder(root_).list("films")[1].bytes, 2);
  EXPECT_THROW(names(".."), Error);
  EXPECT_THROW(names("a.mkv"), Error);
}

TEST_F(RootFolderTest, HasToBeAFolder) {
  EXPECT_THROW(RootFolder(root_ + "/none"), Error);
  EXPECT_THROW(RootFolder(root_ + "/a.mkv"), Error);
}

}  // namespace
}  // namespace reelface
