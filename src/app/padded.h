// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace reelface {

/// A cell of a table in a terminal: so many letters wide, with a space behind it in any case.
std::string padded(std::string text, std::size_t width);

}  // namespace reelface
