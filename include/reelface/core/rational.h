// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>

namespace reelface {

/// A ratio of two integers: a time base in seconds per tick, a frame rate, a pixel aspect ratio.
struct Rational {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;

  double value() const { return static_cast<double>(numerator) / static_cast<double>(denominator); }
  bool is_known() const { return numerator > 0 && denominator > 0; }
};

bool operator==(Rational left, Rational right);  ///< compares the values, not the spelling
inline bool operator!=(Rational left, Rational right) {
  return !(left == right);
}

/// Stands for "no time stamp"; rescale() passes it through.
inline constexpr std::int64_t kNoTimestamp = std::numeric_limits<std::int64_t>::min();

/// Ticks of `from` as ticks of `to`, rounded to the nearest, halves away from zero. Exact in 128 bits; saturates.
std::int64_t rescale(std::int64_t ticks, Rational from, Rational to);

/// Ticks as seconds, for display and for decisions measured in seconds; never for time stamps that are written.
double seconds(std::int64_t ticks, Rational time_base);

}  // namespace reelface
