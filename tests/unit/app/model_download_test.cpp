// SPDX-License-Identifier: Apache-2.0
#include "app/model_download.h"

#include <gtest/gtest.h>

#include "reelface/core/error.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

/// Of somebody who has asked to stop already: what is refused is refused before, and nothing is waited for.
ExitCode failure_of(const std::string& url) {
  const testing::TemporaryFolder folder;
  CancelToken cancel;
  cancel.request(CancelLevel::kFinish);
  try {
    download(
        {url, folder.file("model"), std::string(64, '0'), 1000}, [](std::uint64_t, std::uint64_t) {}, cancel);
    return ExitCode::kDone;
  } catch (const Error& error) {
    return error.exit_code();
  }
}

TEST(ModelDownload, OnlySafeAddressesAreAsked) {
  EXPECT_EQ(failure_of("https://127.0.0.1:1/model"), ExitCode::kInterrupted);
  for (const char* url : {"http://127.0.0.1:1/model", "ftp://127.0.0.1:1/model", "model", "", "x-https://127.0.0.1:1/"})
    EXPECT_EQ(failure_of(url), ExitCode::kUsage) << url;
}

TEST(ModelDownload, AMirrorHasFilesOfTheSameName) {
  ModelInfo model;
  model.url = "https://example.org/releases/v1/model.pth";
  EXPECT_EQ(download_url(model, ""), model.url);
  for (const char* mirror : {"file:///here", "file:///here/"})
    EXPECT_EQ(download_url(model, mirror), "file:///here/model.pth") << mirror;
}

}  // namespace
}  // namespace reelface
