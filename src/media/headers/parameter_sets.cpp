// SPDX-License-Identifier: Apache-2.0
#include "media/headers/parameter_sets.h"

#include <algorithm>
#include <vector>

#include "core/content_digest.h"
#include "media/libav/compat.h"

namespace reelface {
namespace {

struct Bytes {
  const std::uint8_t* data = nullptr;
  std::size_t size = 0;
};

/// Behind the next 00 00 01 from `place` on; the size if there is none.
std::size_t behind_start_code(const Bytes& bytes, std::size_t place) {
  for (; place + 3 <= bytes.size; ++place) {
    if (bytes.data[place + 2] > 1) {
      place += 2;
    } else if (bytes.data[place] == 0 && bytes.data[place + 1] == 0 && bytes.data[place + 2] == 1) {
      return place + 3;
    }
  }
  return bytes.size;
}

/// Hands out a packet's units one by one.
class Units {
 public:
  Units(const Bytes& bytes, int bytes_of_length) : bytes_(bytes), bytes_of_length_(bytes_of_length) {
    if (bytes_of_length_ == 0) place_ = behind_start_code(bytes_, 0);
  }

  std::optional<Bytes> next() { return bytes_of_length_ == 0 ? next_by_code() : next_by_length(); }

 private:
  std::optional<Bytes> next_by_code() {
    if (place_ >= bytes_.size) return std::nullopt;
    const std::size_t begin = place_;
    place_ = behind_start_code(bytes_, begin);
    const std::size_t end = place_ < bytes_.size ? place_ - 3 : bytes_.size;
    return Bytes{bytes_.data + begin, std::max(end, begin) - begin};
  }

  std::optional<Bytes> next_by_length() {
    const auto count = static_cast<std::size_t>(bytes_of_length_);
    if (bytes_.size - place_ < count) return std::nullopt;
    std::size_t length = 0;
    for (std::size_t byte = 0; byte < count; ++byte) length = length << 8 | bytes_.data[place_ + byte];
    place_ += count;
    length = std::min(length, bytes_.size - place_);
    const Bytes unit{bytes_.data + place_, length};
    place_ += length;
    return unit;
  }

  Bytes bytes_;
  int bytes_of_length_;
  std::size_t place_ = 0;
};

enum class UnitKind { kParameters, kMessage, kPicture, kOther };

UnitKind h264_kind(std::uint8_t first) {
  const int type = first & 0x1F;
  if (type >= 1 && type <= 5) return UnitKind::kPicture;
  return type == 7 ? UnitKind::kParameters : type == 6 ? UnitKind::kMessage : UnitKind::kOther;
}

UnitKind hevc_kind(std::uint8_t first) {
  const int type = first >> 1 & 0x3F;
  if (type < 32) return UnitKind::kPicture;
  return type == 33 ? UnitKind::kParameters : type == 39 ? UnitKind::kMessage : UnitKind::kOther;
}

#if LIBAVCODEC_VERSION_MAJOR >= 60
UnitKind vvc_kind(std::uint8_t second) {
  const int type = second >> 3;
  if (type < 12) return UnitKind::kPicture;
  return type == 15 ? UnitKind::kParameters : UnitKind::kOther;
}
#endif

UnitKind mpeg2_kind(std::uint8_t code) {
  constexpr std::uint8_t kSequence = 0xB3, kExtension = 0xB5, kPicture = 0x00;
  if (code == kPicture) return UnitKind::kPicture;
  return code == kSequence || code == kExtension ? UnitKind::kParameters : UnitKind::kOther;
}

UnitKind mpeg4_kind(std::uint8_t code) {
  constexpr std::uint8_t kLayersFrom = 0x20, kLayersTo = 0x2F, kPicture = 0xB6;
  if (code == kPicture) return UnitKind::kPicture;
  return code >= kLayersFrom && code <= kLayersTo ? UnitKind::kParameters : UnitKind::kOther;
}

UnitKind kind_of(AVCodecID codec, const Bytes& unit) {
  if (unit.size < 2) return UnitKind::kOther;
  switch (codec) {
    case AV_CODEC_ID_H264:
      return h264_kind(unit.data[0]);
    case AV_CODEC_ID_HEVC:
      return hevc_kind(unit.data[0]);
#if LIBAVCODEC_VERSION_MAJOR >= 60
    case AV_CODEC_ID_VVC:
      return vvc_kind(unit.data[1]);
#endif
    case AV_CODEC_ID_MPEG1VIDEO:
    case AV_CODEC_ID_MPEG2VIDEO:
      return mpeg2_kind(unit.data[0]);
    case AV_CODEC_ID_MPEG4:
      return mpeg4_kind(unit.data[0]);
    default:
      return UnitKind::kOther;
  }
}

/// How much of an MPEG-1 or MPEG-2 header is about the size. What follows, tables for one, may change at any time.
std::size_t told_bytes(const Bytes& unit) {
  constexpr std::size_t kCodeSizesAndAspect = 5;
  return std::min(unit.size, kCodeSizesAndAspect);
}

/// Without the bytes that keep start codes from arising by chance; messages are short, so no more than some of it.
std::vector<std::uint8_t> plain(const Bytes& unit, std::size_t from) {
  constexpr std::size_t kMost = 4096;
  std::vector<std::uint8_t> bytes;
  int zeros = 0;
  for (std::size_t place = from; place < unit.size && bytes.size() < kMost; ++place) {
    const std::uint8_t byte = unit.data[place];
    if (zeros >= 2 && byte == 3) {
      zeros = 0;
      continue;
    }
    zeros = byte == 0 ? zeros + 1 : 0;
    bytes.push_back(byte);
  }
  return bytes;
}

/// A number that is written as so many 255s and a rest.
std::size_t take_number(const std::vector<std::uint8_t>& bytes, std::size_t& place) {
  std::size_t number = 0;
  while (place < bytes.size()) {
    const std::uint8_t byte = bytes[place++];
    number += byte;
    if (byte != 0xFF) break;
  }
  return number;
}

/// Adds what the message says of how the pictures are turned, if it does.
void add_turning(const std::vector<std::uint8_t>& message, ContentDigest& digest) {
  constexpr std::size_t kDisplayOrientation = 47;
  for (std::size_t place = 0; place + 2 < message.size();) {
    const std::size_t kind = take_number(message, place);
    const std::size_t size = std::min(take_number(message, place), message.size() - place);
    if (kind == kDisplayOrientation) digest.update(message.data() + place, size);
    place += size;
  }
}

}  // namespace

int bytes_of_unit_length(AVCodecID codec, const std::uint8_t* extradata, std::size_t size) {
  constexpr std::size_t kSmallestAvcc = 7, kSmallestHvcc = 23;
  const bool begins_with_version = size > 0 && extradata[0] == 1;
  if (codec == AV_CODEC_ID_H264 && size >= kSmallestAvcc && begins_with_version) return (extradata[4] & 3) + 1;
  const bool has_start_code = size >= 4 && extradata[0] == 0 && extradata[1] == 0 && extradata[2] <= 1;
  if (codec == AV_CODEC_ID_HEVC && size >= kSmallestHvcc && !has_start_code) return (extradata[21] & 3) + 1;
#if LIBAVCODEC_VERSION_MAJOR >= 60
  if (codec == AV_CODEC_ID_VVC && size >= kSmallestAvcc && !has_start_code) return (extradata[0] >> 1 & 3) + 1;
#endif
  return 0;
}

std::optional<std::uint64_t> parameter_digest(AVCodecID codec, int bytes_of_unit_length, const std::uint8_t* data,
                                              std::size_t size) {
  ContentDigest digest;
  bool has_parameters = false;
  const std::size_t bytes_of_header = codec == AV_CODEC_ID_HEVC ? 2 : 1;
  const bool is_mpeg = codec == AV_CODEC_ID_MPEG1VIDEO || codec == AV_CODEC_ID_MPEG2VIDEO;
  Units units({data, size}, bytes_of_unit_length);
  while (const std::optional<Bytes> unit = units.next()) {
    const UnitKind kind = kind_of(codec, *unit);
    if (kind == UnitKind::kPicture) break;
    if (kind == UnitKind::kMessage) add_turning(plain(*unit, bytes_of_header), digest);
    if (kind != UnitKind::kParameters) continue;
    digest.update(unit->data, is_mpeg ? told_bytes(*unit) : unit->size);
    has_parameters = true;
  }
  if (!has_parameters) return std::nullopt;
  return digest.value();
}

}  // namespace reelface
