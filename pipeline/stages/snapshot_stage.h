// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "reelface/pipeline/stage.h"

namespace reelface {

/// Keeps the newest frame in a file, as a small JPEG that is replaced as often as `between` says, so that people can
/// see how far a run is and how it looks. Changes no frame. A picture that cannot be written is warned of once; the run
/// goes on.
Stage make_snapshot_stage(const std::string& path, std::chrono::seconds between = std::chrono::seconds(2));

}  // namespace reelface
