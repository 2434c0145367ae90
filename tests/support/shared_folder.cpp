// SPDX-License-Identifier: Apache-2.0
#include "support/shared_folder.h"

#include <cstdlib>
#include <filesystem>

namespace reelface::testing {

std::optional<std::string> shared_file(const std::string& name) {
  const char* chosen = std::getenv("REELFACE_SHARED");
  const std::filesystem::path folder = chosen && *chosen ? chosen : REELFACE_DEFAULT_SHARED;
  const std::filesystem::path path = folder / name;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::nullopt;
  return path.string();
}

}  // namespace reelface::testing
