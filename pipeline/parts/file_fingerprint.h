// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reelface/parts/film_plan.h"

namespace reelface {

/// Throws Error(kInputUnreadable) if the file cannot be read.
FileFingerprint fingerprint_of(const std::string& path);

}  // namespace reelface
