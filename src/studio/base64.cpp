// SPDX-License-Identifier: Apache-2.0
#include "studio/base64.h"

#include <cstdint>

namespace reelface {
namespace {

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kDigitsOfAGroup = 4;

}  // namespace

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % kDigitsOfAGroup != 0) return std::nullopt;
  std::size_t filled = 0;
  while (filled < 2 && filled < text.size() && text[text.size() - 1 - filled] == '=') ++filled;
  std::string bytes;
  bytes.reserve(text.size() / kDigitsOfAGroup * 3);
  std::uint32_t bits = 0;
  for (std::size_t place = 0; place < text.size(); ++place) {
    const bool is_filling = place >= text.size() - filled;
    const std::size_t digit = is_filling ? 0 : kDigits.find(text[place]);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    if (place % kDigitsOfAGroup != kDigitsOfAGroup - 1) continue;
    for (const int shift : {16, 8, 0}) bytes.push_back(static_cast<char>(bits >> shift & 0xFF));
    bits = 0;
  }
  bytes.resize(bytes.size() - filled);
  return bytes;
}

}  // namespace reelface
