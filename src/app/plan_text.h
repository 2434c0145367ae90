// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reelface/restore/restore_video.h"

namespace reelface {

/// What --dry-run prints: the output, stream by stream, and the steps with what each needs and what it is there for.
std::string to_text(const RestorePlan& plan);

/// The steps alone, one a line, in columns.
std::string steps_text(const RestorePlan& plan);

}  // namespace reelface
