// SPDX-License-Identifier: Apache-2.0
#include "app/commands/models_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/model_download.h"
#include "reelface/core/error.h"
#include "support/safetensors_builder.h"
#include "support/scoped_environment.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing::read_bytes;
using testing::ScopedEnvironment;
using testing::TemporaryFolder;
using testing::write_bytes;

/// The command with folders of its own, so that nothing outside them is found or written.
class ModelsCommand : public ::testing::Test {
 protected:
  std::string run(std::vector<std::string> words) {
    CLI::App program("test", "reelface");
    const CancelToken cancel;
    add_models_command(program, cancel);
    words.insert(words.begin(), "models");
    std::reverse(words.begin(), words.end());
    ::testing::internal::CaptureStdout();
    std::string output;
    try {
      program.parse(words);
    } catch (...) {
      output_ = ::testing::internal::GetCapturedStdout();
      throw;
    }
    output_ = ::testing::internal::GetCapturedStdout();
    return output_;
  }

  ExitCode failure_of(const std::vector<std::string>& words) {
    try {
      run(words);
      return ExitCode::kDone;
    } catch (const Error& error) {
      return error.exit_code();
    }
  }

  TemporaryFolder store_;
  TemporaryFolder mirror_;
  ScopedEnvironment models_{"REELFACE_MODELS", store_.path().string()};
  ScopedEnvironment data_{"XDG_DATA_HOME", store_.path().string()};
  std::string output_;
};

TEST_F(ModelsCommand, ListsForPeopleAndMachines) {
  EXPECT_THAT(run({"list"}), HasSubstr("gfpgan-1.4"));
  const auto json = nlohmann::json::parse(run({"list", "--json"}));
  bool seen = false;
  for (const auto& model : json.at("models")) {
    if (model.at("name") != "faithful") continue;
    seen = true;
    EXPECT_TRUE(model.at("embedded").get<bool>());
    EXPECT_EQ(model.at("traits").at("window"), 5);
    EXPECT_EQ(model.at("traits").at("works_on"), "crops");
    EXPECT_TRUE(fs::exists(model.at("path").get<std::string>()));
  }
  EXPECT_TRUE(seen);
}

TEST_F(ModelsCommand, VerifiesWhatIsHere) {
  EXPECT_THAT(run({"verify", "faithful"}), HasSubstr("ok"));
  EXPECT_NO_THROW(run({"verify"}));
  EXPECT_EQ(failure_of({"verify", "yunet"}), ExitCode::kModelRejected);
  EXPECT_EQ(failure_of({"verify", "nonsense"}), ExitCode::kUsage);
  write_bytes(store_.file("faithful.safetensors"), "changed");
  EXPECT_EQ(failure_of({"verify", "--json"}), ExitCode::kModelRejected);
  EXPECT_EQ(nlohmann::json::parse(output_).at("models")[0].at("state"), "changed");
}

TEST_F(ModelsCommand, InspectsByNameAndFile) {
  EXPECT_THAT(run({"inspect", "compact"}), HasSubstr("gfpgan-clean, channel_multiplier 1, narrow 0.25"));
  const auto json = nlohmann::json::parse(run({"inspect", "--json", "spotter"}));
  EXPECT_EQ(json.at("architecture"), "yunet");
  EXPECT_TRUE(json.at("traits").is_null());
  EXPECT_THAT(run({"inspect", "faithful"}), HasSubstr("restores crops, looks at 5 at a time, invents nothing"));
  EXPECT_EQ(json.at("known_as"), "spotter");
  write_bytes(store_.file("page.pth"), "<html>");
  EXPECT_EQ(failure_of({"inspect", store_.file("page.pth")}), ExitCode::kModelRejected);
}

TEST_F(ModelsCommand, ConvertsButDoesNotReplaceUnasked) {
  const std::string output = store_.file("half.safetensors");
  run({"convert", "spotter", output, "--half"});
  EXPECT_LT(fs::file_size(output), 200'000u);
  EXPECT_EQ(failure_of({"convert", "spotter", output}), ExitCode::kUsage);
  EXPECT_EQ(failure_of({"convert", "-y", "spotter", output}), ExitCode::kDone);
  EXPECT_GT(fs::file_size(output), 300'000u);
}

TEST_F(ModelsCommand, PullRefusesAFileThatIsNotTheModel) {
  write_bytes(mirror_.file("yunet_n.pth"), "not the model");
  EXPECT_EQ(failure_of({"pull", "yunet", "--mirror", "file://" + mirror_.path().string()}), ExitCode::kModelRejected);
  EXPECT_TRUE(fs::is_empty(store_.path()));
}

TEST_F(ModelsCommand, PullRefusesAFileThatIsTooLarge) {
  write_bytes(mirror_.file("yunet_n.pth"), std::string(1'000'000, 'x'));
  EXPECT_EQ(failure_of({"pull", "yunet", "--mirror", "file://" + mirror_.path().string()}), ExitCode::kModelRejected);
  EXPECT_TRUE(fs::is_empty(store_.path()));
}

TEST_F(ModelsCommand, PullSaysWhatIsWrong) {
  EXPECT_EQ(failure_of({"pull", "yunet", "--mirror", "http://example.org"}), ExitCode::kUsage);
  EXPECT_EQ(failure_of({"pull", "yunet", "--mirror", "ftp://example.org/"}), ExitCode::kUsage);
  EXPECT_EQ(failure_of({"pull", "nonsense"}), ExitCode::kUsage);
  EXPECT_EQ(failure_of({"pull", "faithful"}), ExitCode::kDone);
  EXPECT_EQ(failure_of({"pull", "yunet", "--mirror", "file:///nonexistent"}), ExitCode::kInputUnreadable);
}

/// Downloads of a small file with a checksum of its own.
class Download : public ::testing::Test {
 protected:
  Download() {
    for (int i = 0; i < 100'000; ++i) content_ += static_cast<char>(i * 7919 >> 8);
    write_bytes(folder_.file("source"), content_);
    request_ = {"file://" + folder_.file("source"), folder_.file("target"), sha256_of_file(folder_.file("source")),
                content_.size()};
  }

  void run() {
    download(
        request_, [this](std::uint64_t done, std::uint64_t) { least_seen_ = std::min(least_seen_, done); }, cancel_);
  }

  TemporaryFolder folder_;
  std::string content_;
  DownloadRequest request_;
  CancelToken cancel_;
  std::uint64_t least_seen_ = ~0ull;
};

TEST_F(Download, FetchesAndChecks) {
  run();
  EXPECT_EQ(read_bytes(folder_.file("target")), content_);
  EXPECT_FALSE(fs::exists(folder_.file("target.part")));
}

TEST_F(Download, GoesOnWhereItStopped) {
  write_bytes(folder_.file("target.part"), content_.substr(0, 60'000));
  run();
  EXPECT_EQ(read_bytes(folder_.file("target")), content_);
  EXPECT_GE(least_seen_, 60'000u);
}

TEST_F(Download, StartsAgainAfterAWrongPart) {
  write_bytes(folder_.file("target.part"), "wrong from the first byte");
  run();
  EXPECT_EQ(read_bytes(folder_.file("target")), content_);
}

TEST_F(Download, StartsAgainAfterAPartThatIsTooLong) {
  write_bytes(folder_.file("target.part"), content_ + content_);
  run();
  EXPECT_EQ(read_bytes(folder_.file("target")), content_);
}

TEST_F(Download, NeedsNoNetworkForACompletePart) {
  write_bytes(folder_.file("target.part"), content_);
  fs::remove(folder_.file("source"));
  run();
  EXPECT_EQ(read_bytes(folder_.file("target")), content_);
}

TEST_F(Download, KeepsItsPartWhenInterrupted) {
  write_bytes(folder_.file("target.part"), content_.substr(0, 10));
  cancel_.request(CancelLevel::kFinish);
  try {
    run();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kInterrupted);
  }
  EXPECT_TRUE(fs::exists(folder_.file("target.part")));
  EXPECT_FALSE(fs::exists(folder_.file("target")));
}

TEST(DownloadUrl, MirrorsKeepTheFilesName) {
  ModelInfo model;
  model.url = "https://example.org/releases/v1/Model.pth";
  model.file = "other.pth";
  EXPECT_EQ(download_url(model, ""), model.url);
  EXPECT_EQ(download_url(model, "file:///mnt/models"), "file:///mnt/models/Model.pth");
  EXPECT_EQ(download_url(model, "https://mirror.example/m/"), "https://mirror.example/m/Model.pth");
}

}  // namespace
}  // namespace reelface
