// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reelface {

/// The bytes that such a text stands for (RFC 4648, filled up with '='). None for what is no such text.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace reelface
