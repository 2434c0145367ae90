// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace reelface {

/// The one of `known` that takes the fewest changed letters, empty if none is near.
std::string nearest_word(const std::string& word, const std::vector<std::string>& known);

}  // namespace reelface
