#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace reelface {

/// Tells, most of the time and at no cost, whether a file is still the one it was.
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
