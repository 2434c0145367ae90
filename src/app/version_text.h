// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface {

/// What --version prints: "reelface 0.2.0", which scripts read, and a line for each library in use.
std::string version_text();

}  // namespace reelface
