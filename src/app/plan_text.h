#pragma once

#include <string>

#include "reelface/restore/restore_video.h"

namespace reelface {

/// What --dry-run prints: the output, stream by stream, and the steps of the line with what each needs and why it is
/// there.
std::string to_text(const RestorePlan& plan);

}  // namespace reelface
