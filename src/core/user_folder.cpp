// SPDX-License-Identifier: Apache-2.0
#include "core/user_folder.h"

#include <cstdlib>

namespace reelface {
namespace {

std::string absolute_from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value == '/' ? value : "";
}

}  // namespace

std::string user_folder(const char* variable, const char* in_home) {
  std::string folder = absolute_from_environment(variable);
  if (!folder.empty()) return folder;
  const std::string home = absolute_from_environment("HOME");
  return home.empty() ? home : home + "/" + in_home;
}

}  // namespace reelface
