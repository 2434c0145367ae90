// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface {

/// The folder that an environment variable names, as XDG_CACHE_HOME does, else `in_home` of the user's home; empty
/// without a home. What is no path from the root does not count: that is how others read these variables too.
std::string user_folder(const char* variable, const char* in_home);

}  // namespace reelface
