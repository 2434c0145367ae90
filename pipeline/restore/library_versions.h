// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/library_version.h"

namespace reelface {

/// Of every library that restoring a film uses. LibTorch is not opened for it: what is told is the version that the
/// library of networks was built with, and where that library is.
std::vector<LibraryVersion> library_versions();

}  // namespace reelface
