// SPDX-License-Identifier: Apache-2.0
#include "core/content_digest.h"

#include <cstring>

namespace reelface {
namespace {

constexpr std::uint64_t kMultiplier = 0xA0761D6478BD642F;  // odd, with about as many ones as zeros
constexpr std::size_t kWordBytes = sizeof(std::uint64_t);

std::uint64_t rotated(std::uint64_t word, int bits) {
  return word << bits | word >> (64 - bits);
}

/// Every bit of `word` reaches about half of the result's.
std::uint64_t mixed(std::uint64_t lane, std::uint64_t word) {
  return rotated((lane ^ word) * kMultiplier, 31) + lane;
}

std::uint64_t finished(std::uint64_t word) {
  word = (word ^ word >> 32) * kMultiplier;
  word = (word ^ word >> 29) * kMultiplier;
  return word ^ word >> 32;
}

}  // namespace

void ContentDigest::update(const void* data, std::size_t size) {
  const auto* bytes = static_cast<const unsigned char*>(data);
  std::uint64_t word = 0;
  std::size_t left = size;
  // Four lanes side by side, so that a multiplication need not wait for the one before.
  for (; left >= kWordBytes * lanes_.size(); left -= kWordBytes * lanes_.size()) {
    for (std::uint64_t& lane : lanes_) {
      std::memcpy(&word, bytes, kWordBytes);
      lane = mixed(lane, word);
      bytes += kWordBytes;
    }
  }
  for (std::size_t lane = 0; left > 0; ++lane) {
    const std::size_t taken = left < kWordBytes ? left : kWordBytes;
    word = 0;
    std::memcpy(&word, bytes, taken);
    lanes_[lane] = mixed(lanes_[lane], word);
    bytes += taken;
    left -= taken;
  }
  bytes_ += size;
  lanes_[0] = mixed(lanes_[0], bytes_);
}

std::uint64_t ContentDigest::value() const {
  std::uint64_t result = bytes_;
  for (const std::uint64_t lane : lanes_) result = finished(mixed(result, lane));
  return result;
}

}  // namespace reelface
