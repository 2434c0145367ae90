// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface {

/// Whether an exception of LibTorch, or of a library below it, says that there was not enough memory. LibTorch's own
/// allocator throws a type of its own; the libraries below it tell it by words alone, each by others.
bool tells_of_missing_memory(const std::string& message);

}  // namespace reelface
