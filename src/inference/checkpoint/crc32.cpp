// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/crc32.h"

#include <array>

namespace reelface {
namespace {

constexpr std::size_t kLanes = 8;
using Tables = std::array<std::array<std::uint32_t, 256>, kLanes>;

/// Table k advances a byte by k further zero bytes, so that eight bytes can be folded in at once.
Tables make_tables() {
  constexpr std::uint32_t kReflectedPolynomial = 0xEDB88320u;
  Tables tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t value = byte;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? kReflectedPolynomial : 0);
    tables[0][byte] = value;
  }
  for (std::size_t lane = 1; lane < kLanes; ++lane) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t value = tables[lane - 1][byte];
      tables[lane][byte] = (value >> 8) ^ tables[0][value & 0xff];
    }
  }
  return tables;
}

}  // namespace

std::uint32_t crc32(ByteView bytes) {
  static const Tables tables = make_tables();
  const auto* next = reinterpret_cast<const unsigned char*>(bytes.data());
  std::size_t left = bytes.size();
  std::uint32_t value = 0xFFFFFFFFu;
  for (; left >= kLanes; left -= kLanes, next += kLanes) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < kLanes; ++i) word |= static_cast<std::uint64_t>(next[i]) << (8 * i);
    word ^= value;
    value = 0;
    for (std::size_t i = 0; i < kLanes; ++i) value ^= tables[kLanes - 1 - i][(word >> (8 * i)) & 0xff];
  }
  for (; left > 0; --left, ++next) value = (value >> 8) ^ tables[0][(value ^ *next) & 0xff];
  return ~value;
}

}  // namespace reelface
