// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/library_version.h"

namespace reelface {

/// Of FFmpeg as a whole, and of each of its libraries.
std::vector<LibraryVersion> libav_versions();

}  // namespace reelface
