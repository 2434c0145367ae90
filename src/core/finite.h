// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

namespace reelface {

/// Whether no value is infinite or NaN. Looks at the bits and never leaves the loop early, so that the compiler can
/// vectorise it; a loop over std::isfinite is not vectorised.
inline bool all_finite(const float* values, std::size_t count) {
  static_assert(std::numeric_limits<float>::is_iec559, "the exponent's bits are looked at");
  constexpr std::uint32_t kExponent = 0x7F800000;
  std::uint32_t found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, values + i, sizeof bits);
    found |= static_cast<std::uint32_t>((bits & kExponent) == kExponent);
  }
  return found == 0;
}

inline bool all_finite(const std::vector<float>& values) {
  return all_finite(values.data(), values.size());
}

}  // namespace reelface
