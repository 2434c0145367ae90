// SPDX-License-Identifier: Apache-2.0
#include "reelface/inference/model_store.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  while (start <= text.size()) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    if (end > start) parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

/// Empty if there is no home either, as for some services.
std::string user_models_folder() {
  const std::string data = environment("XDG_DATA_HOME");
  // The XDG specification has relative paths ignored.
  if (!data.empty() && data.front() == '/') return data + "/reelface/models";
  const std::string home = environment("HOME");
  return home.empty() ? "" : home + "/.local/share/reelface/models";
}

bool is_file(const std::string& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

std::optional<ModelInfo> model_named(const std::string& name) {
  for (ModelInfo& model : known_models()) {
    if (model.name == name) return std::move(model);
  }
  return std::nullopt;
}

}  // namespace

ModelStore::ModelStore(std::vector<std::string> folders, std::string download_folder)
    : folders_(std::move(folders)), download_folder_(std::move(download_folder)) {}

ModelStore ModelStore::from_environment() {
  std::vector<std::string> folders = split(environment("REELFACE_MODELS"), ':');
  const std::string user_folder = user_models_folder();
  if (!user_folder.empty()) folders.push_back(user_folder);
  const std::string download_folder = folders.empty() ? "models" : folders.front();
  std::error_code failed;
  const fs::path executable = fs::read_symlink("/proc/self/exe", failed);
  // A moved installation finds its own models, and so does a build tree, which is laid out like one. The fixed folder
  // serves programs that only link us.
  if (!failed) {
    folders.push_back((executable.parent_path().parent_path() / "share" / "reelface" / "models").string());
  }
  folders.emplace_back(REELFACE_INSTALLED_MODELS);
  return ModelStore(std::move(folders), download_folder);
}

std::optional<std::string> ModelStore::find(const std::string& name_or_file) const {
  const std::optional<ModelInfo> model = model_named(name_or_file);
  if (!model && is_file(name_or_file)) return name_or_file;
  const std::string file = model ? model->file : name_or_file;
  if (file.empty() || file.find('/') != std::string::npos) return std::nullopt;
  for (const std::string& folder : folders_) {
    const std::string path = (fs::path(folder) / file).string();
    if (is_file(path)) return path;
  }
  return std::nullopt;
}

std::string ModelStore::path_of(const std::string& name_or_file) const {
  if (const std::optional<std::string> path = find(name_or_file)) return *path;
  const std::optional<ModelInfo> model = model_named(name_or_file);
  if (model && !model->embedded) {
    throw Error(ExitCode::kModelRejected, "the model '" + model->name + "' has not been downloaded",
                "reelface models pull " + model->name);
  }
  if (model) {
    throw Error(ExitCode::kModelRejected, "the model '" + model->name + "' should be installed but is not there",
                "set REELFACE_MODELS to the folder that holds " + model->file);
  }
  throw Error(ExitCode::kModelRejected, "there is no model named '" + printable(name_or_file) + "' and no such file",
              "`reelface models list` shows the names; a file is given by its path");
}

}  // namespace reelface
