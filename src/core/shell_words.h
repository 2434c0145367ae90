// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reelface {

/// The words that a shell would make of a line: divided at spaces, but for what stands in quotes or behind a backslash.
/// Nothing is put in for $ or *. Throws Error(kUsage) for a quote that is never closed.
std::vector<std::string> shell_words(std::string_view line);

}  // namespace reelface
