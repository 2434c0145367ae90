// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reelface/restore/restore_video.h"

namespace reelface {

/// Makes a run write each repair as a line of JSON into this file, which appears whole when the film has ended.
LineEditor writing_repair_list(const std::string& path, bool overwrite);

}  // namespace reelface
