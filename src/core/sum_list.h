// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace reelface {

/// A file and its SHA-256, as a line of sha256sum has them.
struct FileSum {
  std::string sha256;  ///< 64 lower-case hexadecimal digits
  std::string name;    ///< relative to the folder of the list, or absolute
};

/// What `sha256sum -c` checks. Names with line breaks or backslashes are written as sha256sum writes them.
std::string sum_list(const std::vector<FileSum>& sums);

/// Throws Error(kUsage) naming the line that is none.
std::vector<FileSum> read_sum_list(const std::string& text);

}  // namespace reelface
