// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/half_float.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace reelface {
namespace {

constexpr std::uint16_t kInfinity = 0x7c00;
constexpr std::uint16_t kQuietNan = 0x7e00;
constexpr int kMantissaBits = 10;
constexpr int kSmallestExponent = -14;  ///< of normal numbers; below it the spacing stays that of 2^-14

}  // namespace

std::uint16_t half_from_double(double value) {
  const std::uint16_t sign = std::signbit(value) ? 0x8000 : 0;
  if (std::isnan(value)) return static_cast<std::uint16_t>(sign | kQuietNan);
  const double size = std::fabs(value);
  if (size >= 65520.0) return static_cast<std::uint16_t>(sign | kInfinity);  // halfway to the first number too large
  int exponent = 0;
  std::frexp(size, &exponent);
  exponent = size == 0.0 ? kSmallestExponent : std::max(exponent - 1, kSmallestExponent);
  // In units of the last place the number is at most 2^11: exact in double. nearbyint rounds ties to even.
  const auto units = static_cast<std::uint32_t>(std::nearbyint(std::ldexp(size, kMantissaBits - exponent)));
  // Normal numbers carry 2^10 units for their hidden bit; adding the exponent to it lets a carry run into the exponent.
  const auto biased = static_cast<std::uint32_t>(exponent - kSmallestExponent);
  return static_cast<std::uint16_t>(sign | ((biased << kMantissaBits) + units));
}

std::uint16_t half_from_float(float value) {
  return half_from_double(static_cast<double>(value));
}

float float_from_half(std::uint16_t bits) {
  const std::uint32_t size = bits & 0x7fffU, sign = (bits & 0x8000U) << 16;
  if (size < 0x400U) return (sign != 0 ? -1.0F : 1.0F) * static_cast<float>(size) * 0x1p-24F;
  // A float has 13 bits more, and counts its exponents from 112 lower; infinity and what is no number stay at the end.
  const std::uint32_t wide = sign | ((size << 13) + (size < kInfinity ? 112U << 23 : 224U << 23));
  float value = 0;
  std::memcpy(&value, &wide, sizeof value);
  return value;
}

float float_from_bfloat16(std::uint16_t bits) {
  const std::uint32_t wide = static_cast<std::uint32_t>(bits) << 16;
  float value = 0;
  std::memcpy(&value, &wide, sizeof value);
  return value;
}

}  // namespace reelface
