// SPDX-License-Identifier: Apache-2.0
#include "core/spelled_number.h"

#include <array>
#include <charconv>
#include <cmath>

namespace reelface {
namespace {

std::string spelled_as(double value, std::chars_format format, int digits) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  std::array<char, 400> text{};
  const auto [end, problem] = std::to_chars(text.data(), text.data() + text.size(), value, format, digits);
  return problem == std::errc{} ? std::string(text.data(), end) : "-";
}

}  // namespace

std::string spelled(double value, int significant_digits) {
  return spelled_as(value, std::chars_format::general, significant_digits);
}

std::string fixed_spelled(double value, int digits) {
  return spelled_as(value, std::chars_format::fixed, digits);
}

std::string change_spelled(double value, int digits) {
  std::string text = fixed_spelled(value, digits);
  if (std::isnan(value)) return text;
  if (text.find_first_not_of("-0.") == std::string::npos)
    return fixed_spelled(0, digits);  // neither "-0.00" nor "+0.00"
  return text[0] == '-' ? text : "+" + text;
}

}  // namespace reelface
