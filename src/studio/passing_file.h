// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "core/whole_file.h"

namespace reelface {

/// A file that is there as long as this is.
class PassingFile {
 public:
  /// Throws Error(kOutputUnwritable); nothing is replaced.
  PassingFile(std::string path, const std::string& bytes) : path_(std::move(path)) {
    write_whole_file(path_, bytes, Replacing::kNothing);
  }
  ~PassingFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  PassingFile(const PassingFile&) = delete;
  PassingFile& operator=(const PassingFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace reelface
