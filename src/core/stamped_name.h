// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface {

/// A file that is named from the root, with its size and date, so that another one in its place is told apart; other
/// words as they are.
std::string stamped_name(const std::string& text);

}  // namespace reelface
