// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/library_version.h"

namespace reelface {

/// Of what runs the graph.
LibraryVersion scheduler_version();

}  // namespace reelface
