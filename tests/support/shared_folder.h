// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace reelface::testing {

/// Path of `name` inside the reference material (REELFACE_SHARED, else ../shared), or nothing if it is not here.
std::optional<std::string> shared_file(const std::string& name);

}  // namespace reelface::testing

/// Skips the test, saying why, unless the file is there; else declares `variable` as its path.
#define REELFACE_NEED_SHARED(variable, name)                                                           \
  const auto variable##_found = reelface::testing::shared_file(name);                                  \
  if (!variable##_found) GTEST_SKIP() << "reference material " << (name) << " is not on this machine"; \
  [[maybe_unused]] const std::string& variable = *variable##_found
