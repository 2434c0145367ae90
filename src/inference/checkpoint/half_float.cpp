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
  const int exponent = (bits >> kMantissaBits) & 0x1f;
  const int mantissa = bits & 0x3ff;
  float size = 0;
  if (exponent == 0x1f) {
    size = mantissa == 0 ? INFINITY : NAN;
  } else if (exponent == 0) {
    size = std::ldexp(static_cast<float>(mantissa), kSmallestExponent - kMantissaBits);
  } else {
    size = std::ldexp(static_cast<float>(mantissa + 0x400), exponent - 1 + kSmallestExponent - kMantissaBits);
  }
  return (bits & 0x8000) != 0 ? -size : size;
}

float float_from_bfloat16(std::uint16_t bits) {
  const std::uint32_t wide = static_cast<std::uint32_t>(bits) << 16;
  float value = 0;
  std::memcpy(&value, &wide, sizeof value);
  return value;
}

}  // namespace reelface
