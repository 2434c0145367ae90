// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace reelface {

/// Bits of a header, the highest of each byte first. Behind the end there are zeros, and has_ended() says so.
class BitReader {
 public:
  BitReader(const std::uint8_t* data, std::size_t size) : data_(data), bits_(size * 8) {}

  std::uint32_t get(int count) {
    std::uint32_t value = 0;
    for (int bit = 0; bit < count; ++bit) value = value << 1 | next();
    return value;
  }
  bool flag() { return next() != 0; }
  void skip(int count) { get(count); }
  bool has_ended() const { return place_ > bits_; }

 private:
  std::uint32_t next() {
    const std::size_t here = place_++;
    if (here >= bits_) return 0;
    return data_[here / 8] >> (7 - here % 8) & 1U;
  }

  const std::uint8_t* data_;
  std::size_t bits_;
  std::size_t place_ = 0;
};

}  // namespace reelface
