// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <stdexcept>

namespace reelface {

/// The value as an integer of this kind. Throws std::runtime_error where it is none or does not fit; the library's own
/// conversion takes truth values and fractions, and numbers of any size.
template <class Integer, class Json>
Integer integer_from(const Json& value) {
  if (!value.is_number_integer()) throw std::runtime_error("an integer is missing");
  using Limits = std::numeric_limits<Integer>;
  if (value.is_number_unsigned()) {
    const auto number = value.template get<std::uint64_t>();
    if (number > static_cast<std::uint64_t>(Limits::max())) throw std::runtime_error("a number is too large");
    return static_cast<Integer>(number);
  }
  const auto number = value.template get<std::int64_t>();
  const bool is_negative_for_unsigned = !Limits::is_signed && number < 0;
  if (is_negative_for_unsigned || number < static_cast<std::int64_t>(Limits::min()) ||
      (Limits::is_signed && number > static_cast<std::int64_t>(Limits::max())))
    throw std::runtime_error("a number is too large");
  return static_cast<Integer>(number);
}

}  // namespace reelface
