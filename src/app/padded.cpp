// SPDX-License-Identifier: Apache-2.0
#include "app/padded.h"

#include <algorithm>

namespace reelface {

std::string padded(std::string text, std::size_t width) {
  const auto begins_letter = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) != 0x80u; };
  const auto letters = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_letter));
  return text.append(letters < width ? width - letters : 1, ' ');
}

}  // namespace reelface
