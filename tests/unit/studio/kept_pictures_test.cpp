// SPDX-License-Identifier: Apache-2.0
#include "studio/films/kept_pictures.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "support/temporary_folder.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

ShownPicture picture(std::size_t bytes, char letter = 'x') {
  ShownPicture made;
  made.png = "\x89PNG\n" + std::string(bytes, letter);
  made.width = 1280;
  made.height = 720;
  made.pixel_aspect = 16.0 / 15;
  made.seconds = 1.0 / 3;
  made.wall_seconds = 0.25;
  return made;
}

class KeptPicturesTest : public ::testing::Test {
 protected:
  std::string own() const { return folder_.file("own"); }
  KeptPictures pictures(std::size_t most_bytes) const {
    return KeptPictures(
        [this] {
          fs::create_directory(own());
          return own();
        },
        most_bytes);
  }
  std::vector<fs::path> files() const {
    std::vector<fs::path> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(own() + "/pictures")) found.push_back(entry.path());
    return found;
  }

  testing::TemporaryFolder folder_;
};

TEST_F(KeptPicturesTest, AreThereForTheNextRun) {
  pictures(10'000).keep("a frame with settings", picture(100));
  const auto found = pictures(10'000).find("a frame with settings");
  ASSERT_TRUE(found);
  const ShownPicture wanted = picture(100);
  EXPECT_EQ(found->png, wanted.png);
  EXPECT_EQ(found->width, wanted.width);
  EXPECT_EQ(found->height, wanted.height);
  EXPECT_EQ(found->pixel_aspect, wanted.pixel_aspect);
  EXPECT_EQ(found->seconds, wanted.seconds);
  EXPECT_EQ(found->wall_seconds, wanted.wall_seconds);
  EXPECT_FALSE(pictures(10'000).find("a frame with other settings"));
}

TEST_F(KeptPicturesTest, ThoseAskedForLastStay) {
  KeptPictures kept = pictures(3000);
  kept.keep("a", picture(1000));
  kept.keep("b", picture(1000));
  // A file's date is no finer than the system's clock.
  const auto date = [&](int place) { return fs::file_time_type::clock::now() - std::chrono::hours(place); };
  for (const fs::path& path : files()) fs::last_write_time(path, date(2));
  ASSERT_TRUE(kept.find("a"));
  kept.keep("c", picture(1000));
  EXPECT_TRUE(kept.find("a"));
  EXPECT_FALSE(kept.find("b"));
  EXPECT_TRUE(kept.find("c"));
  EXPECT_EQ(files().size(), 2U);
}

TEST_F(KeptPicturesTest, WhatIsNotAsItWasWrittenIsNotShown) {
  for (const char* change : {"cut", "bit", "text", "empty", "json"}) {
    KeptPictures kept = pictures(10'000);
    kept.keep("a", picture(100));
    ASSERT_EQ(files().size(), 1U);
    std::ifstream input(files()[0], std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>());
    const std::string how = change;
    if (how == "cut") bytes.pop_back();
    if (how == "bit") bytes.back() ^= 1;
    if (how == "text") bytes = "no picture at all";
    if (how == "empty") bytes.clear();
    if (how == "json") bytes = "[1,2]\nx";
    std::ofstream(files()[0], std::ios::binary) << bytes;
    EXPECT_FALSE(kept.find("a")) << change;
    kept.keep("a", picture(100));
    EXPECT_TRUE(kept.find("a")) << change;
    fs::remove(files()[0]);
  }
}

TEST_F(KeptPicturesTest, LeadNowhereElse) {
  fs::create_directory(own());
  fs::create_directory(folder_.file("elsewhere"));
  fs::create_directory_symlink(folder_.file("elsewhere"), own() + "/pictures");
  KeptPictures kept = pictures(10'000);
  kept.keep("a", picture(100));
  EXPECT_FALSE(kept.find("a"));
  EXPECT_TRUE(fs::is_empty(folder_.file("elsewhere")));
}

TEST_F(KeptPicturesTest, AFolderThatCannotBeWrittenIsNoFailure) {
  KeptPictures kept([]() -> std::string { throw std::runtime_error("read-only"); }, 1000);
  kept.keep("a", picture(10));
  EXPECT_FALSE(kept.find("a"));
}

}  // namespace
}  // namespace reelface
