// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface {

/// A library that is in use, as it says itself when the program runs.
struct LibraryVersion {
  std::string name;
  std::string version;
};

}  // namespace reelface
