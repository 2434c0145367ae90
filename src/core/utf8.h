// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace reelface {

/// The first letter of a text: how many bytes it takes, and which it is.
struct Utf8Letter {
  std::size_t bytes = 1;
  std::uint32_t code_point = 0;
  bool is_valid = false;  ///< false: one byte that belongs to no letter
};

/// `text` is not empty.
Utf8Letter first_letter(std::string_view text);

/// Letters that command a terminal, or that change the order in which others are shown: control characters of both
/// sets, separators of lines, and the controls of writing direction.
bool is_control(std::uint32_t code_point);

}  // namespace reelface
