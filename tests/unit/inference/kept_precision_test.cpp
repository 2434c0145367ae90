// SPDX-License-Identifier: Apache-2.0
#include "inference/engine/kept_precision.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support/scoped_environment.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

TEST(KeptPrecisions, AreFoundAgainUnderWhatTheyDependOn) {
  const testing::TemporaryFolder folder;
  const KeptPrecisions kept(folder.file("precision"));
  EXPECT_EQ(kept.find("a model on a card"), std::nullopt);
  kept.keep("a model on a card", Precision::kFp16);
  kept.keep("another model on a card", Precision::kFp32);
  const KeptPrecisions later(folder.file("precision"));
  EXPECT_EQ(later.find("a model on a card"), Precision::kFp16);
  EXPECT_EQ(later.find("another model on a card"), Precision::kFp32);
  EXPECT_EQ(later.find("a model on another card"), std::nullopt);
}

TEST(KeptPrecisions, TheLastOneCounts) {
  const testing::TemporaryFolder folder;
  const KeptPrecisions kept(folder.file("precision"));
  kept.keep("model", Precision::kFp16);
  kept.keep("model", Precision::kBf16);
  EXPECT_EQ(kept.find("model"), Precision::kBf16);
}

TEST(KeptPrecisions, ADamagedFileIsNone) {
  const testing::TemporaryFolder folder;
  const KeptPrecisions kept(folder.file("precision"));
  kept.keep("model", Precision::kFp16);
  for (const fs::directory_entry& entry : fs::directory_iterator(folder.file("precision"))) {
    for (const char* text : {"", "fp", "auto\n", "\xFF\xFE\n"}) {
      std::ofstream(entry.path()) << text;
      EXPECT_EQ(kept.find("model"), std::nullopt) << text;
    }
  }
}

TEST(KeptPrecisions, WithoutAFolderNothingIsKept) {
  const testing::TemporaryFolder folder;
  std::ofstream(folder.file("file")) << "in the way";
  for (const std::string& path : {std::string(), folder.file("file")}) {
    const KeptPrecisions kept(path);
    kept.keep("model", Precision::kFp16);
    EXPECT_EQ(kept.find("model"), std::nullopt) << path;
  }
}

TEST(KeptPrecisions, LieInTheFolderForSuchThings) {
  const testing::TemporaryFolder folder;
  {
    const testing::ScopedEnvironment cache("XDG_CACHE_HOME", folder.file("cache"));
    KeptPrecisions::from_environment().keep("model", Precision::kFp16);
    EXPECT_TRUE(fs::is_directory(folder.file("cache/reelface/precision")));
  }
  const testing::ScopedEnvironment cache("XDG_CACHE_HOME", std::nullopt);
  const testing::ScopedEnvironment home("HOME", folder.file("home"));
  KeptPrecisions::from_environment().keep("model", Precision::kFp16);
  EXPECT_TRUE(fs::is_directory(folder.file("home/.cache/reelface/precision")));
}

}  // namespace
}  // namespace reelface
