// SPDX-License-Identifier: Apache-2.0
#include "reelface/core/log.h"

#include <cstdio>
#include <utility>

#include "core/utf8.h"

namespace reelface {
namespace {

void write_to_stderr(LogLevel level, std::string_view message) {
  if (level < LogLevel::kWarning) return;
  std::fprintf(stderr, "%s: %.*s\n", level == LogLevel::kWarning ? "warning" : "error",
               static_cast<int>(message.size()), message.data());
}

LogSink& current_sink() {
  static LogSink sink = write_to_stderr;
  return sink;
}

}  // namespace

void set_log_sink(LogSink sink) {
  current_sink() = sink ? std::move(sink) : LogSink(write_to_stderr);
}

void log(LogLevel level, std::string_view message) {
  current_sink()(level, printable(message));
}

std::string printable(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const Utf8Letter letter = first_letter(text);
    const bool is_harmless = letter.is_valid && !is_control(letter.code_point);
    for (const char character : text.substr(0, letter.bytes)) {
      const auto byte = static_cast<unsigned char>(character);
      if (is_harmless)
        result += character;
      else
        result += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    }
    text.remove_prefix(letter.bytes);
  }
  return result;
}

}  // namespace reelface
