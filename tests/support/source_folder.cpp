// SPDX-License-Identifier: Apache-2.0
#include "support/source_folder.h"

namespace reelface::testing {

std::string source_file(const std::string& name) {
  return std::string(REELFACE_SOURCE_DIR) + "/" + name;
}

}  // namespace reelface::testing
