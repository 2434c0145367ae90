// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace reelface {

/// Size and time of change: a cheap and nearly certain way to see whether a file is still the same.
struct FileStamp {
  std::int64_t bytes = 0;
  std::int64_t modified_nanoseconds = 0;  ///< since 1970
};

inline bool operator==(const FileStamp& left, const FileStamp& right) {
  return left.bytes == right.bytes && left.modified_nanoseconds == right.modified_nanoseconds;
}

/// Nothing where there is no such file; errno says why.
std::optional<FileStamp> stamp_of(const std::string& path);

}  // namespace reelface
