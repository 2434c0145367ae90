// SPDX-License-Identifier: Apache-2.0
#include "reelface/core/file_stamp.h"

#include <sys/stat.h>

namespace reelface {

std::optional<FileStamp> stamp_of(const std::string& path) {
  struct stat facts = {};
  if (stat(path.c_str(), &facts) != 0) return std::nullopt;
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  return FileStamp{facts.st_size, facts.st_mtim.tv_sec * kNanoseconds + facts.st_mtim.tv_nsec};
}

}  // namespace reelface
