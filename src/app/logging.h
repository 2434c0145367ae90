// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface {

/// Sends the library's messages to stderr through spdlog, in colour on a terminal. Levels: debug, info, warning, error.
void start_logging(const std::string& level);

}  // namespace reelface
