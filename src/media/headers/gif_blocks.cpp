// SPDX-License-Identifier: Apache-2.0
#include "media/headers/gif_blocks.h"

#include <cstring>

namespace reelface {
namespace {

constexpr std::uint8_t kExtension = 0x21, kImage = 0x2C, kTrailer = 0x3B;
constexpr std::size_t kSignatureBytes = 6, kScreenBytes = 7, kImageBytes = 9;

/// The bytes one after the other. Behind the end there are none, and has_failed() says that more were asked for.
class BlockBytes {
 public:
  BlockBytes(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}

  std::uint8_t next() {
    const std::uint8_t byte = left_ > 0 ? *data_ : std::uint8_t{0};
    skip(1);
    return byte;
  }
  void skip(std::size_t count) {
    has_failed_ = has_failed_ || count > left_;
    const std::size_t skipped = count < left_ ? count : left_;
    data_ += skipped;
    left_ -= skipped;
  }
  bool starts_with(const char* text, std::size_t size) const {
    return left_ >= size && std::memcmp(data_, text, size) == 0;
  }
  bool is_at_end() const { return left_ == 0; }
  bool has_failed() const { return has_failed_; }

 private:
  const std::uint8_t* data_;
  std::size_t left_;
  bool has_failed_ = false;
};

/// Where there is a table of colours, this flag is set and says how long it is.
void skip_colours(BlockBytes& bytes, std::uint8_t flags) {
  constexpr std::uint8_t kHasColours = 0x80;
  if ((flags & kHasColours) != 0) bytes.skip(std::size_t{3} << ((flags & 7) + 1));
}

void skip_header(BlockBytes& bytes) {
  if (!bytes.starts_with("GIF8", 4)) return;
  bytes.skip(kSignatureBytes + 4);
  const std::uint8_t flags = bytes.next();
  bytes.skip(kScreenBytes - 5);
  skip_colours(bytes, flags);
}

/// Each says its length; one without ends them.
void skip_data(BlockBytes& bytes) {
  while (const std::uint8_t length = bytes.next()) bytes.skip(length);
}

bool skip_block(BlockBytes& bytes) {
  switch (bytes.next()) {
    case kExtension:
      bytes.skip(1);  // its kind
      skip_data(bytes);
      return true;
    case kImage: {
      bytes.skip(kImageBytes - 1);
      skip_colours(bytes, bytes.next());
      bytes.skip(1);  // bits of a code
      skip_data(bytes);
      return true;
    }
    case kTrailer:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool is_made_of_gif_blocks(const std::uint8_t* data, std::size_t size) {
  BlockBytes bytes(data, size);
  skip_header(bytes);
  while (!bytes.is_at_end()) {
    if (!skip_block(bytes)) return false;
  }
  return !bytes.has_failed();
}

}  // namespace reelface
