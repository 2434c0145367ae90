// SPDX-License-Identifier: Apache-2.0
#include "support/mutator.h"

#include <algorithm>
#include <array>

namespace reelface::testing {
namespace {

std::size_t below(std::size_t limit, std::mt19937_64& random) {
  return limit == 0 ? 0 : static_cast<std::size_t>(random() % limit);
}

/// Half the time near the start or the end, where headers and directories are.
std::size_t position(const std::string& bytes, std::mt19937_64& random) {
  const std::size_t edge = std::min<std::size_t>(bytes.size(), 512);
  switch (random() % 4) {
    case 0:
      return below(edge, random);
    case 1:
      return bytes.size() - edge + below(edge, random);
    default:
      return below(bytes.size(), random);
  }
}

void flip_bit(char& byte, std::size_t bit) {
  byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << bit));
}

void plant_edge_number(std::string& bytes, std::mt19937_64& random) {
  constexpr std::array<std::uint64_t, 8> kEdges{0, 1, 0x7f, 0xff, 0x7fffffff, 0xffffffff, 0x7fffffffffffffff, ~0ull};
  const std::uint64_t value = kEdges[below(kEdges.size(), random)];
  const std::size_t width = std::size_t{1} << below(4, random);
  const std::size_t at = position(bytes, random);
  for (std::size_t i = 0; i < width && at + i < bytes.size(); ++i)
    bytes[at + i] = static_cast<char>(value >> (8 * i) & 0xff);
}

void damage_once(std::string& bytes, const std::string& other, std::mt19937_64& random) {
  const std::size_t at = position(bytes, random);
  const std::size_t length = 1 + below(64, random);
  switch (random() % 8) {
    case 0:
      if (!bytes.empty()) flip_bit(bytes[at % bytes.size()], random() % 8);
      break;
    case 1:
      if (!bytes.empty()) bytes[at % bytes.size()] = static_cast<char>(random());
      break;
    case 2:
      bytes.resize(at);
      break;
    case 3:
      bytes.insert(at, std::string(length, static_cast<char>(random())));
      break;
    case 4:
      bytes.erase(at, length);
      break;
    case 5:
      bytes.insert(at, bytes.substr(at, length));
      break;
    case 6: {
      const std::size_t from = position(other, random);
      bytes.replace(at, below(length, random), other.substr(from, length));
      break;
    }
    default:
      plant_edge_number(bytes, random);
  }
}

}  // namespace

std::string mutated(const std::string& bytes, const std::string& other, std::mt19937_64& random) {
  std::string result = bytes;
  const std::size_t times = 1 + below(4, random);
  for (std::size_t i = 0; i < times; ++i) damage_once(result, other, random);
  return result;
}

}  // namespace reelface::testing
