// SPDX-License-Identifier: Apache-2.0
#include "reelface/inference/model_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "reelface/core/error.h"
#include "support/safetensors_builder.h"
#include "support/scoped_environment.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

using ::testing::HasSubstr;
using testing::ScopedEnvironment;
using testing::TemporaryFolder;
using testing::write_bytes;

TEST(ModelStore, FindsByNameInTheOrderOfFolders) {
  const TemporaryFolder first;
  const TemporaryFolder second;
  const ModelStore store({first.path().string(), second.path().string()}, "");
  EXPECT_FALSE(store.find("faithful").has_value());
  write_bytes(second.file("faithful.safetensors"), "x");
  EXPECT_EQ(store.find("faithful"), second.file("faithful.safetensors"));
  write_bytes(first.file("faithful.safetensors"), "x");
  EXPECT_EQ(store.find("faithful"), first.file("faithful.safetensors"));
  EXPECT_EQ(store.find("faithful.safetensors"), first.file("faithful.safetensors"));
}

TEST(ModelStore, FindsByPathButNotFoldersOrPathsInsideFolders) {
  const TemporaryFolder folder;
  const ModelStore store({folder.path().string()}, "");
  write_bytes(folder.file("own.pth"), "x");
  EXPECT_EQ(store.find(folder.file("own.pth")), folder.file("own.pth"));
  EXPECT_EQ(store.find("own.pth"), folder.file("own.pth"));
  EXPECT_FALSE(store.find(folder.path().string()).has_value());
  EXPECT_FALSE(store.find("../" + folder.path().filename().string() + "/own.pth").has_value());
  EXPECT_FALSE(store.find("").has_value());
}

TEST(ModelStore, SaysHowToGetWhatIsMissing) {
  const ModelStore store({}, "");
  const auto failure = [&store](const std::string& name) {
    try {
      store.path_of(name);
      return std::string("found");
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kModelRejected);
      return std::string(error.what()) + " | " + error.advice();
    }
  };
  EXPECT_THAT(failure("gfpgan-1.4"), HasSubstr("reelface models pull gfpgan-1.4"));
  EXPECT_THAT(failure("faithful"), HasSubstr("REELFACE_MODELS"));
  EXPECT_THAT(failure("no\nsuch"), HasSubstr("reelface models list"));
  EXPECT_EQ(failure("no\nsuch").find('\n'), std::string::npos);
}

TEST(ModelStore, LooksWhereTheEnvironmentSays) {
  const ScopedEnvironment models("REELFACE_MODELS", "/one::/two");
  const ScopedEnvironment data("XDG_DATA_HOME", "/data");
  const ModelStore store = ModelStore::from_environment();
  ASSERT_GE(store.folders().size(), 3u);
  EXPECT_EQ(store.folders()[0], "/one");
  EXPECT_EQ(store.folders()[1], "/two");
  EXPECT_EQ(store.folders()[2], "/data/reelface/models");
  EXPECT_EQ(store.download_folder(), "/one");
}

TEST(ModelStore, DownloadsIntoTheUsersDataFolderOtherwise) {
  const ScopedEnvironment models("REELFACE_MODELS", std::nullopt);
  {
    const ScopedEnvironment data("XDG_DATA_HOME", "relative");
    const ScopedEnvironment home("HOME", "/home/someone");
    EXPECT_EQ(ModelStore::from_environment().download_folder(), "/home/someone/.local/share/reelface/models");
  }
  const ScopedEnvironment data("XDG_DATA_HOME", std::nullopt);
  const ScopedEnvironment home("HOME", std::nullopt);
  EXPECT_EQ(ModelStore::from_environment().download_folder(), "models");
}

TEST(ModelStore, TheBuildTreeHasWhatComesWithTheProgram) {
  const ScopedEnvironment models("REELFACE_MODELS", std::nullopt);
  const ScopedEnvironment data("XDG_DATA_HOME", "/nonexistent");
  const ModelStore store = ModelStore::from_environment();
  for (const ModelInfo& model : known_models()) {
    if (!model.embedded) continue;
    EXPECT_TRUE(std::filesystem::exists(store.path_of(model.name))) << model.name;
  }
}

}  // namespace
}  // namespace reelface
