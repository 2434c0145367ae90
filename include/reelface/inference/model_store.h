// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reelface/inference/model_traits.h"

namespace reelface {

/// What the manifest says of a model. A value.
struct ModelInfo {
  std::string name;         ///< "gfpgan-1.4"
  std::string task;         ///< "restore", "detect", "describe" or "measure"
  std::string file;         ///< its name inside a models folder
  std::string description;  ///< one line
  std::string input;        ///< what the network wants to be given
  std::string licence;
  bool embedded = false;  ///< comes with the program; otherwise `url` says where from
  std::string url;
  std::optional<std::uint64_t> bytes;  ///< nothing if not known for certain
  std::string sha256;                  ///< lower-case hexadecimal
  std::optional<ModelTraits> traits;   ///< of models that restore
};

/// Every model the program knows by name, in the order in which to show them.
std::vector<ModelInfo> known_models();
/// Throws Error(kUsage) with the names there are.
ModelInfo known_model(const std::string& name);

/// Lower-case hexadecimal SHA-256 of a file. Throws Error(kModelRejected) if it cannot be read.
std::string sha256_of_file(const std::string& path);

/// Finds model files in a list of folders. A value; nothing is cached. Thread-safety: safe.
class ModelStore {
 public:
  /// In this order: $REELFACE_MODELS (folders separated by ':'), the user's data folder ($XDG_DATA_HOME, else
  /// ~/.local/share)/reelface/models, ../share/reelface/models beside the executable's folder, the models of the
  /// installation. Downloads go to the first of them.
  static ModelStore from_environment();
  /// `download_folder` is where new models go.
  ModelStore(std::vector<std::string> folders, std::string download_folder);

  const std::vector<std::string>& folders() const { return folders_; }
  const std::string& download_folder() const { return download_folder_; }

  /// Path of a model given by name ("faithful"), by path or by its file's name in one of the folders.
  std::optional<std::string> find(const std::string& name_or_file) const;
  /// As find(), but throws Error(kModelRejected) that says how to get it.
  std::string path_of(const std::string& name_or_file) const;

 private:
  std::vector<std::string> folders_;
  std::string download_folder_;
};

}  // namespace reelface
