// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface {

/// QuickTime numbers languages instead of naming them, and libav knows each number under one three-letter code only.
/// Returns the code libav takes for this language; empty if QuickTime has no number for it.
std::string quick_time_language(const std::string& code);

}  // namespace reelface
