#include "reelface/core/log.h"

#include <cstdio>
#include <utility>

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

void set_log_sink(LogSink sink) { current_sink() = sink ? std::move(sink) : LogSink(write_to_stderr); }

void log(LogLevel level, std::string_view message) { current_sink()(level, message); }

std::string printable(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string result;
  result.reserve(text.size());
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x20 || byte == 0x7f) {
      result += "\\x";
      result += kHex[byte >> 4];
      result += kHex[byte & 15];
    } else {
      result += character;
    }
  }
  return result;
}

}  // namespace reelface
