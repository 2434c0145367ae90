// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace reelface {

/// Text made safe between tags and inside quoted attributes. Control characters and broken UTF-8 become U+FFFD; line
/// breaks and tabs stay.
std::string escaped(std::string_view text);

/// A JSON string with its quotes, safe inside a <script> element too.
std::string json_text(std::string_view text);

/// A number for JSON; null when it is not finite.
std::string json_number(double value);

/// A share 0..1 as "12.34%".
std::string percent(double share);

std::string base64(const std::vector<std::uint8_t>& bytes);

/// Enough digits to read, no more: 31.27, 0.0031, 1204. "∞" for infinity, "–" for no number.
std::string readable(double value);

}  // namespace reelface
