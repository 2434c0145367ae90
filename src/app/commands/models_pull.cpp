// SPDX-License-Identifier: Apache-2.0
#include "app/commands/models_pull.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <iostream>

#include "app/model_download.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

/// More than any published face model; guards the disk where the size of a model is not known.
constexpr std::uint64_t kLargestUnknownModel = 2ull << 30;

/// One line that is rewritten on a terminal; elsewhere a line for every tenth part.
class ProgressLine {
 public:
  explicit ProgressLine(std::string name) : name_(std::move(name)), on_terminal_(isatty(STDERR_FILENO) != 0) {}
  ~ProgressLine() {
    if (on_terminal_ && shown_percent_ >= 0) std::fputc('\n', stderr);
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(std::uint64_t done_bytes, std::uint64_t total_bytes) {
    if (total_bytes == 0) return;
    const int percent = static_cast<int>(100 * done_bytes / total_bytes);
    const int step = on_terminal_ ? 1 : 10;
    if (percent / step == shown_percent_ / step && shown_percent_ >= 0) return;
    shown_percent_ = percent;
    std::fprintf(stderr, on_terminal_ ? "\r%s: %3d %% of %.1f MB" : "%s: %d %% of %.1f MB\n", name_.c_str(), percent,
                 static_cast<double>(total_bytes) / 1e6);
  }

 private:
  std::string name_;
  bool on_terminal_;
  int shown_percent_ = -1;
};

void make_folder(const std::string& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) {
    throw Error(ExitCode::kOutputUnwritable, printable(folder) + ": cannot be made: " + failed.message(),
                "set REELFACE_MODELS to a folder that may be written to");
  }
}

void pull(const ModelInfo& model, const std::string& folder, const std::string& mirror, const CancelToken& cancel) {
  const std::string path = (fs::path(folder) / model.file).string();
  if (fs::is_regular_file(path) && sha256_of_file(path) == model.sha256) {
    std::cerr << model.name << ": is here already\n";
    std::cout << path << "\n";
    return;
  }
  std::cerr << model.name << ": licence " << model.licence << "\n";
  make_folder(folder);
  {
    ProgressLine line(model.name);
    const DownloadRequest request{download_url(model, mirror), path, model.sha256,
                                  model.bytes.value_or(kLargestUnknownModel)};
    download(
        request, [&](std::uint64_t done, std::uint64_t total) { line.show(done, total); }, cancel);
  }
  std::cout << path << "\n";
}

}  // namespace

void pull_models(const std::vector<std::string>& names, const std::string& mirror, const CancelToken& cancel) {
  const ModelStore store = ModelStore::from_environment();
  std::vector<ModelInfo> models;
  models.reserve(names.size());
  for (const std::string& name : names) models.push_back(known_model(name));  // all names first, then work
  for (const ModelInfo& model : models) {
    if (model.embedded) {
      std::cerr << model.name << ": comes with the program, nothing to pull\n";
      continue;
    }
    pull(model, store.download_folder(), mirror, cancel);
  }
}

}  // namespace reelface
