// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface::testing {

/// Path of `name` inside the source tree that the tests were built from.
std::string source_file(const std::string& name);

}  // namespace reelface::testing
