// SPDX-License-Identifier: Apache-2.0
#include "random_source.h"

#include <array>
#include <cmath>

namespace reelface {
namespace {

constexpr int kTableBits = 12;
constexpr int kTableSize = 1 << kTableBits;
using NormalTable = std::array<float, kTableSize>;

std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31);
}

double normal_share_below(double x) {
  return 0.5 * std::erfc(-x / std::sqrt(2.0));
}

double normal_quantile(double share) {
  double low = -8, high = 8;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (normal_share_below(middle) < share ? low : high) = middle;
  }
  return (low + high) / 2;
}

// Equally likely values of a normal distribution: drawing one is a look-up, millions a frame. Scaled so that the
// table's own sigma is exactly 1.
const NormalTable& normal_table() {
  static const NormalTable table = [] {
    NormalTable values{};
    double squares = 0;
    for (int i = 0; i < kTableSize; ++i) {
      const double value = normal_quantile((i + 0.5) / kTableSize);
      values[static_cast<std::size_t>(i)] = static_cast<float>(value);
      squares += value * value;
    }
    const auto scale = static_cast<float>(1 / std::sqrt(squares / kTableSize));
    for (float& value : values) value *= scale;
    return values;
  }();
  return table;
}

}  // namespace

RandomSource::RandomSource(std::uint64_t seed, RandomUse use, std::int64_t frame, std::int64_t item)
    : state_(mixed(mixed(mixed(mixed(seed + 0x9E3779B97F4A7C15ULL) + static_cast<std::uint64_t>(use)) +
                         static_cast<std::uint64_t>(frame)) +
                   static_cast<std::uint64_t>(item))) {}

std::uint64_t RandomSource::bits() {
  state_ += 0x9E3779B97F4A7C15ULL;
  return mixed(state_);
}

double RandomSource::uniform() {
  return static_cast<double>(bits() >> 11) * 0x1.0p-53;
}

double RandomSource::normal() {
  return static_cast<double>(normal_table()[static_cast<std::size_t>(bits() >> (64 - kTableBits))]);
}

int RandomSource::poisson(double mean) {
  if (mean > 30) return static_cast<int>(std::fmax(0, std::round(mean + std::sqrt(mean) * normal())));
  const double goal = std::exp(-mean);
  int count = 0;
  double product = uniform();
  while (product > goal) {
    product *= uniform();
    ++count;
  }
  return count;
}

void RandomSource::fill_normal(float* values, int count) {
  const float* table = normal_table().data();
  constexpr std::uint64_t kMask = kTableSize - 1;
  int i = 0;
  for (; i + 5 <= count; i += 5) {
    std::uint64_t word = bits();
    for (int k = 0; k < 5; ++k, word >>= kTableBits) values[i + k] = table[word & kMask];
  }
  for (std::uint64_t word = bits(); i < count; ++i, word >>= kTableBits) values[i] = table[word & kMask];
}

}  // namespace reelface
