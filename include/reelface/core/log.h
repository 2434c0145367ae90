// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace reelface {

enum class LogLevel : int { kDebug = 0, kInfo = 1, kWarning = 2, kError = 3 };

/// Where messages for people go. The program installs spdlog behind it (src/app); the library alone writes warnings and
/// errors to stderr. Thread-safety: log() is safe; install the sink before work starts.
using LogSink = std::function<void(LogLevel, std::string_view)>;

void set_log_sink(LogSink sink);
void log(LogLevel level, std::string_view message);

inline void log_debug(std::string_view message) {
  log(LogLevel::kDebug, message);
}
inline void log_info(std::string_view message) {
  log(LogLevel::kInfo, message);
}
inline void log_warning(std::string_view message) {
  log(LogLevel::kWarning, message);
}
inline void log_error(std::string_view message) {
  log(LogLevel::kError, message);
}

/// Text from outside (tags, file names, tensor names) made safe for a terminal: control characters become \xNN.
std::string printable(std::string_view text);

}  // namespace reelface
