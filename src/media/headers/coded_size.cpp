// SPDX-License-Identifier: Apache-2.0
#include "media/headers/coded_size.h"

#include <algorithm>

#include "media/headers/bit_reader.h"

namespace reelface {
namespace {

constexpr std::uint32_t kVp9KeyFrameCode = 0x498342;
constexpr int kVp9Rgb = 7;

PictureSize read_vp9_size(BitReader& bits) {
  const int width = static_cast<int>(bits.get(16)) + 1;
  const int height = static_cast<int>(bits.get(16)) + 1;
  return {width, height};
}

void skip_vp9_colours(BitReader& bits, int profile) {
  const bool has_layout = profile == 1 || profile == 3;
  if (profile >= 2) bits.skip(1);  // 10 or 12 bits
  if (bits.get(3) != kVp9Rgb) {
    bits.skip(has_layout ? 4 : 1);  // range; halves of chroma and a bit that is reserved
  } else if (has_layout) {
    bits.skip(1);
  }
}

/// What one frame's header says: whether it is shown, how large it is, and for which of the kept ones it stands in.
struct Vp9Frame {
  bool is_shown = false;
  PictureSize size;
  std::uint32_t replaced = 0;  ///< a bit for each of the kept
};

using Vp9Kept = std::array<PictureSize, 8>;

PictureSize read_vp9_size_by_references(BitReader& bits, const Vp9Kept& kept) {
  constexpr int kReferences = 3;
  std::array<std::uint32_t, kReferences> references{};
  for (std::uint32_t& reference : references) {
    reference = bits.get(3);
    bits.skip(1);
  }
  for (const std::uint32_t reference : references) {
    if (bits.flag()) return kept[reference];
  }
  return read_vp9_size(bits);
}

std::optional<Vp9Frame> read_vp9_key_frame(BitReader& bits, int profile, Vp9Frame frame) {
  if (bits.get(24) != kVp9KeyFrameCode) return std::nullopt;
  skip_vp9_colours(bits, profile);
  frame.size = read_vp9_size(bits);
  frame.replaced = 0xFF;
  return frame;
}

std::optional<Vp9Frame> read_vp9_frame(BitReader& bits, const Vp9Kept& kept) {
  constexpr std::uint32_t kMarker = 2;
  if (bits.get(2) != kMarker) return std::nullopt;
  const std::uint32_t low = bits.get(1), high = bits.get(1);
  const int profile = static_cast<int>(high << 1 | low);
  if (profile == 3) bits.skip(1);
  if (bits.flag()) return Vp9Frame{true, kept[bits.get(3)], 0};  // one of the kept is shown again
  const bool is_key = !bits.flag();
  Vp9Frame frame;
  frame.is_shown = bits.flag();
  const bool is_error_resilient = bits.flag();
  if (is_key) return read_vp9_key_frame(bits, profile, frame);
  const bool is_intra_only = !frame.is_shown && bits.flag();
  if (!is_error_resilient) bits.skip(2);
  if (is_intra_only) {
    if (bits.get(24) != kVp9KeyFrameCode) return std::nullopt;
    if (profile > 0) skip_vp9_colours(bits, profile);
    frame.replaced = bits.get(8);
    frame.size = read_vp9_size(bits);
    return frame;
  }
  frame.replaced = bits.get(8);
  frame.size = read_vp9_size_by_references(bits, kept);
  return frame;
}

}  // namespace

std::optional<PictureSize> vp8_size(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kHeader = 10;
  const bool is_key_frame = size >= kHeader && (data[0] & 1) == 0;
  if (!is_key_frame || data[3] != 0x9D || data[4] != 0x01 || data[5] != 0x2A) return std::nullopt;
  const PictureSize found{(data[6] | data[7] << 8) & 0x3FFF, (data[8] | data[9] << 8) & 0x3FFF};
  if (found.width == 0 || found.height == 0) return std::nullopt;
  return found;
}

std::optional<PictureSize> jpeg_size(const std::uint8_t* data, std::size_t size) {
  if (size < 4 || data[0] != 0xFF || data[1] != 0xD8) return std::nullopt;
  std::size_t place = 2;
  while (place + 9 <= size && data[place] == 0xFF) {
    const std::uint8_t marker = data[place + 1];
    if (marker == 0xFF) {  // padding
      ++place;
      continue;
    }
    const bool starts_frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (starts_frame) {
      const PictureSize found{data[place + 7] << 8 | data[place + 8], data[place + 5] << 8 | data[place + 6]};
      if (found.width == 0 || found.height == 0) return std::nullopt;
      return found;
    }
    constexpr std::uint8_t kStartOfScan = 0xDA;
    const std::size_t length = std::size_t{data[place + 2]} << 8 | data[place + 3];
    if (marker == kStartOfScan || length < 2) break;
    place += 2 + length;
  }
  return std::nullopt;
}

std::optional<PictureSize> Vp9Sizes::see_frame(const std::uint8_t* data, std::size_t size) {
  BitReader bits(data, size);
  const std::optional<Vp9Frame> frame = read_vp9_frame(bits, kept_);
  if (!frame || bits.has_ended() || frame->size.width == 0) return std::nullopt;
  for (std::size_t slot = 0; slot < kept_.size(); ++slot) {
    if ((frame->replaced >> slot & 1U) != 0) kept_[slot] = frame->size;
  }
  return frame->is_shown ? std::optional<PictureSize>(frame->size) : std::nullopt;
}

/// A packet may hold several frames, of which one is shown; then their lengths stand at its end, between two equal
/// bytes.
std::optional<PictureSize> Vp9Sizes::see(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return std::nullopt;
  const std::uint8_t last = data[size - 1];
  const bool is_marked = (last & 0xE0) == 0xC0;
  const std::size_t frames = (last & 7U) + 1, bytes_of_length = (last >> 3 & 3U) + 1;
  const std::size_t bytes_of_index = 2 + frames * bytes_of_length;
  if (!is_marked || size < bytes_of_index || data[size - bytes_of_index] != last) return see_frame(data, size);
  std::optional<PictureSize> shown;
  const std::uint8_t* lengths = data + size - bytes_of_index + 1;
  std::size_t place = 0;
  const std::size_t end = size - bytes_of_index;
  for (std::size_t frame = 0; frame < frames; ++frame, lengths += bytes_of_length) {
    std::size_t length = 0;
    for (std::size_t byte = 0; byte < bytes_of_length; ++byte) length |= std::size_t{lengths[byte]} << (8 * byte);
    if (length == 0 || length > end - place) break;
    if (const std::optional<PictureSize> found = see_frame(data + place, length)) shown = found;
    place += length;
  }
  return shown;
}

}  // namespace reelface
