// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "inference/checkpoint/malformed_checkpoint.h"

namespace reelface {

/// A range of bytes somebody else owns. Every access is checked against its end; integers are little endian.
class ByteView {
 public:
  ByteView() = default;
  ByteView(const std::byte* data, std::size_t size) : data_(data), size_(size) {}
  explicit ByteView(std::string_view text) : ByteView(reinterpret_cast<const std::byte*>(text.data()), text.size()) {}

  const std::byte* data() const { return data_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  bool holds(std::uint64_t offset, std::uint64_t length) const { return offset <= size_ && length <= size_ - offset; }

  ByteView part(std::uint64_t offset, std::uint64_t length) const {
    if (!holds(offset, length)) throw MalformedCheckpoint("the file ends too early");
    return {data_ + offset, static_cast<std::size_t>(length)};
  }
  ByteView from(std::uint64_t offset) const {
    if (offset > size_) throw MalformedCheckpoint("the file ends too early");
    return {data_ + offset, static_cast<std::size_t>(size_ - offset)};
  }

  std::uint8_t u8(std::uint64_t offset) const { return read<std::uint8_t>(offset); }
  std::uint16_t u16(std::uint64_t offset) const { return read<std::uint16_t>(offset); }
  std::uint32_t u32(std::uint64_t offset) const { return read<std::uint32_t>(offset); }
  std::uint64_t u64(std::uint64_t offset) const { return read<std::uint64_t>(offset); }

  std::string_view text() const { return {reinterpret_cast<const char*>(data_), size_}; }
  bool starts_with(std::string_view prefix) const { return text().substr(0, prefix.size()) == prefix; }

 private:
  template <class Integer>
  Integer read(std::uint64_t offset) const {
    const ByteView bytes = part(offset, sizeof(Integer));
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(Integer); ++i)
      value |= std::to_integer<std::uint64_t>(bytes.data()[i]) << (8 * i);
    return static_cast<Integer>(value);
  }

  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace reelface
