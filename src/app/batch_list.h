// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace reelface {

/// One film of many, and where it goes.
struct BatchFile {
  std::string input;
  std::string output;
};

/// A folder below the list's, whose films nobody knows.
struct UnreadFolder {
  std::string path;
  std::string reason;
};

struct BatchList {
  std::vector<BatchFile> files;
  std::vector<UnreadFolder> unread;
};

/// The films that `list` names: a text file with one on each line, relative to the working folder, empty lines and
/// those that begin with # left out, `-` for stdin; or a folder, whose films are taken with those of its folders, by
/// name. Outputs keep their names, and below a folder their place, in `output_folder`, which is itself left out
/// wherever it lies. Throws Error(kUsage) for two with the same output, and Error(kInputUnreadable) if there is no
/// list.
BatchList read_batch_list(const std::string& list, const std::string& output_folder);

}  // namespace reelface
