// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/file_output.h"
#include "core/unfinished_file.h"

namespace reelface {

/// Text or bytes on their way to a name that a user gave: a file there appears whole or not at all; a device or a pipe
/// is written straight through. Abandoned without commit(), no file is left.
/// Thread-safety: one call at a time. Throws Error(kOutputUnwritable).
class WholeFile {
 public:
  WholeFile(const std::string& path, Replacing replacing);

  void write(std::string_view bytes);
  void commit();

 private:
  std::optional<UnfinishedFile> unfinished_;
  std::optional<FileOutput> stream_;
};

void write_whole_file(const std::string& path, std::string_view bytes, Replacing replacing);

/// The device or pipe, opened for writing; nothing is created or cut off.
FileOutput open_special_file(const std::string& path);

}  // namespace reelface
