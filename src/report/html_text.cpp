// SPDX-License-Identifier: Apache-2.0
#include "html_text.h"

#include <array>
#include <cmath>

#include "core/spelled_number.h"

namespace reelface {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Bytes of the well-formed UTF-8 character at `at`, or 0.
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(at);
  const std::size_t length = first < 0x80                    ? 1
                             : first >= 0xC2 && first < 0xE0 ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  }
  if (length == 3) {
    const unsigned code = (first & 0xF) << 12 | (byte(at + 1) & 0x3Fu) << 6 | (byte(at + 2) & 0x3Fu);
    if (code < 0x800 || (code >= 0xD800 && code < 0xE000)) return 0;
  }
  if (length == 4) {
    const unsigned code = (first & 7) << 18 | (byte(at + 1) & 0x3Fu) << 12;
    if (code < 0x10000 || code > 0x10FFFF) return 0;
  }
  return length;
}

/// Calls `plain` for ASCII and `whole` for well-formed longer characters; everything else becomes U+FFFD.
template <class Plain>
std::string rewritten(std::string_view text, Plain plain) {
  std::string result;
  result.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_length(text, at);
    const char first = text[at];
    if (length == 0 || first == 0x7F ||
        (length == 1 && static_cast<unsigned char>(first) < 0x20 && first != '\n' && first != '\t')) {
      result += kReplacement;
      ++at;
    } else if (length == 1) {
      plain(result, first);
      ++at;
    } else {
      result += text.substr(at, length);
      at += length;
    }
  }
  return result;
}

}  // namespace

std::string escaped(std::string_view text) {
  return rewritten(text, [](std::string& result, char character) {
    switch (character) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += character;
    }
  });
}

std::string json_text(std::string_view text) {
  return '"' +
         rewritten(text,
                   [](std::string& result, char character) {
                     switch (character) {
                       case '"':
                         result += "\\\"";
                         break;
                       case '\\':
                         result += "\\\\";
                         break;
                       case '\n':
                         result += "\\n";
                         break;
                       case '\t':
                         result += "\\t";
                         break;
                       case '<':
                         result += "\\u003c";
                         break;  // or "</script>" would end the element
                       case '>':
                         result += "\\u003e";
                         break;
                       case '&':
                         result += "\\u0026";
                         break;
                       default:
                         result += character;
                     }
                   }) +
         '"';
}

std::string json_number(double value) {
  return std::isfinite(value) ? spelled(value, 6) : "null";
}

std::string percent(double share) {
  return fixed_spelled(100 * share, 2) + "%";
}

std::string base64(const std::vector<std::uint8_t>& bytes) {
  static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  result.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = bytes.size() - i;
    const std::uint32_t three = static_cast<std::uint32_t>(bytes[i]) << 16 |
                                (left > 1 ? static_cast<std::uint32_t>(bytes[i + 1]) << 8 : 0U) |
                                (left > 2 ? static_cast<std::uint32_t>(bytes[i + 2]) : 0U);
    result += kDigits[three >> 18];
    result += kDigits[three >> 12 & 63];
    result += left > 1 ? kDigits[three >> 6 & 63] : '=';
    result += left > 2 ? kDigits[three & 63] : '=';
  }
  return result;
}

std::string readable(double value) {
  if (std::isnan(value)) return "–";
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  const double size = std::fabs(value);
  if (size >= 1e9 || (size > 0 && size < 0.01)) return spelled(value, 3);
  return fixed_spelled(value, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 || size == 0 ? 2 : 3);
}

}  // namespace reelface
