// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "inference/checkpoint/byte_view.h"
#include "inference/checkpoint/malformed_checkpoint.h"

namespace reelface {

/// Reads a pickle from its first byte to its last, one operand after the other. Throws MalformedCheckpoint where it
/// ends too early.
class PickleReader {
 public:
  explicit PickleReader(ByteView bytes) : bytes_(bytes) {}

  std::size_t place() const { return at_; }  ///< of the next byte

  ByteView take(std::uint64_t length) {
    if (!bytes_.holds(at_, length)) throw MalformedCheckpoint("the pickle ends in the middle of a value");
    const ByteView taken = bytes_.part(at_, length);
    at_ += static_cast<std::size_t>(length);
    return taken;
  }
  std::uint8_t next_u8() { return take(1).u8(0); }
  std::uint16_t next_u16() { return take(2).u16(0); }
  std::uint32_t next_u32() { return take(4).u32(0); }

  std::string_view next_line() {
    constexpr std::size_t kLongestLine = 1024;
    const std::string_view rest = bytes_.from(at_).text().substr(0, kLongestLine);
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) throw MalformedCheckpoint("the pickle ends in the middle of a name");
    at_ += end + 1;
    return rest.substr(0, end);
  }

  std::int64_t next_long() {
    const std::size_t length = next_u8();
    const ByteView digits = take(length);
    if (length > 8) throw MalformedCheckpoint("the pickle holds an integer of more than 64 bits");
    std::uint64_t value = length > 0 && (digits.u8(length - 1) & 0x80) != 0 ? ~std::uint64_t{0} : 0;
    for (std::size_t i = length; i-- > 0;) value = (value << 8) | digits.u8(i);
    return static_cast<std::int64_t>(value);
  }

  double next_double() {
    const ByteView digits = take(8);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 8; ++i) bits = (bits << 8) | digits.u8(i);  // big endian, alone among the opcodes
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
};

}  // namespace reelface
