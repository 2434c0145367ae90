// SPDX-License-Identifier: Apache-2.0
#include "reelface/core/rational.h"

namespace reelface {
namespace {

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
using Wide = __int128;
#pragma GCC diagnostic pop

}  // namespace

bool operator==(Rational left, Rational right) {
  return static_cast<Wide>(left.numerator) * right.denominator == static_cast<Wide>(right.numerator) * left.denominator;
}

std::int64_t rescale(std::int64_t ticks, Rational from, Rational to) {
  if (ticks == kNoTimestamp) return kNoTimestamp;
  // Time bases fit in 31 bits each, so ticks times two of them stays below 2^126.
  Wide top = static_cast<Wide>(from.numerator) * to.denominator;
  Wide bottom = static_cast<Wide>(from.denominator) * to.numerator;
  if (bottom == 0) return kNoTimestamp;
  if (bottom < 0) {
    top = -top;
    bottom = -bottom;
  }
  const Wide product = static_cast<Wide>(ticks) * top;
  const Wide rounded = (product < 0 ? product - bottom / 2 : product + bottom / 2) / bottom;
  constexpr Wide kMost = std::numeric_limits<std::int64_t>::max();
  if (rounded > kMost) return std::numeric_limits<std::int64_t>::max();
  if (rounded < -kMost) return -std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(rounded);
}

double seconds(std::int64_t ticks, Rational time_base) {
  return static_cast<double>(ticks) * time_base.value();
}

}  // namespace reelface
