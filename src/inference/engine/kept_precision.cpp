// SPDX-License-Identifier: Apache-2.0
#include "inference/engine/kept_precision.h"

#include <exception>
#include <filesystem>
#include <fstream>

#include "core/sha256.h"
#include "core/user_folder.h"
#include "core/whole_file.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

namespace fs = std::filesystem;

}  // namespace

KeptPrecisions KeptPrecisions::from_environment() {
  const std::string cache = user_folder("XDG_CACHE_HOME", ".cache");
  return KeptPrecisions(cache.empty() ? cache : cache + "/reelface/precision");
}

std::string KeptPrecisions::path_of(const std::string& of) const {
  return (fs::path(folder_) / sha256_of(of)).string();
}

std::optional<Precision> KeptPrecisions::find(const std::string& of) const {
  if (folder_.empty()) return std::nullopt;
  std::ifstream file(path_of(of));
  std::string name;
  if (!(file >> name)) return std::nullopt;
  for (const Precision precision : {Precision::kFp32, Precision::kBf16, Precision::kFp16}) {
    if (name == name_of(precision)) return precision;
  }
  return std::nullopt;
}

void KeptPrecisions::keep(const std::string& of, Precision precision) const {
  if (folder_.empty()) return;
  try {
    fs::create_directories(folder_);
    write_whole_file(path_of(of), std::string(name_of(precision)) + "\n", Replacing::kOurOwn);
  } catch (const std::exception& error) {
    log_debug(std::string("the choice of a precision is not kept: ") + printable(error.what()));
  }
}

}  // namespace reelface
