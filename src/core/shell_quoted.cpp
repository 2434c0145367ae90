// SPDX-License-Identifier: Apache-2.0
#include "core/shell_quoted.h"

#include "core/utf8.h"

namespace reelface {
namespace {

bool is_plain(std::string_view text) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/+,:@%";
  return !text.empty() && text.find_first_not_of(kPlain) == std::string_view::npos;
}

bool can_be_shown(std::string_view text) {
  while (!text.empty()) {
    const Utf8Letter letter = first_letter(text);
    if (!letter.is_valid || is_control(letter.code_point)) return false;
    text.remove_prefix(letter.bytes);
  }
  return true;
}

std::string in_quotes(std::string_view text) {
  std::string word = "'";
  for (const char letter : text) word += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return word + "'";
}

/// $'...': every byte that is no printable ASCII by its number.
std::string spelled_out(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string word = "$'";
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte < 0x20 || byte > 0x7e) {
      word += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    } else {
      if (letter == '\'' || letter == '\\') word += '\\';
      word += letter;
    }
  }
  return word + "'";
}

}  // namespace

std::string shell_quoted(std::string_view path) {
  const bool looks_like_an_option = !path.empty() && path.front() == '-';
  std::string name = (looks_like_an_option ? "./" : "") + std::string(path);
  if (is_plain(name)) return name;
  return can_be_shown(name) ? in_quotes(name) : spelled_out(name);
}

}  // namespace reelface
