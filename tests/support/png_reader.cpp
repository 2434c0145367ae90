// SPDX-License-Identifier: Apache-2.0
#include "support/png_reader.h"

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

namespace reelface::testing {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// The bits of a deflate stream, least significant first.
class BitReader {
 public:
  BitReader(const Bytes& bytes, std::size_t start) : bytes_(bytes), next_(start) {}

  unsigned bits(int count) {
    while (held_ < count) {
      value_ |= std::uint32_t{bytes_.at(next_++)} << held_;
      held_ += 8;
    }
    const unsigned result = value_ & ((1U << count) - 1);
    value_ >>= count;
    held_ -= count;
    return result;
  }
  void skip_to_byte() { value_ = 0, held_ = 0; }
  std::uint8_t byte() { return bytes_.at(next_++); }

 private:
  const Bytes& bytes_;
  std::size_t next_;
  std::uint32_t value_ = 0;
  int held_ = 0;
};

/// A canonical Huffman code: how many codes of each length, and the symbols in the order of their codes.
class HuffmanCode {
 public:
  explicit HuffmanCode(const std::vector<int>& lengths) {
    for (const int length : lengths) ++count_[static_cast<std::size_t>(length)];
    count_[0] = 0;
    for (int length = 1; length < 16; ++length) {
      for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
        if (lengths[symbol] == length) symbols_.push_back(static_cast<int>(symbol));
      }
    }
  }

  int decode(BitReader& reader) const {
    int code = 0;
    int first = 0;
    int index = 0;
    for (std::size_t length = 1; length < 16; ++length) {
      code |= static_cast<int>(reader.bits(1));
      if (code - first < count_[length]) return symbols_.at(static_cast<std::size_t>(index + code - first));
      index += count_[length];
      first = (first + count_[length]) << 1;
      code <<= 1;
    }
    throw std::runtime_error("bad Huffman code");
  }

 private:
  std::array<int, 16> count_{};
  std::vector<int> symbols_;
};

struct BlockCodes {
  HuffmanCode literals;
  HuffmanCode distances;
};

BlockCodes fixed_codes() {
  std::vector<int> lengths(288, 8);
  for (std::size_t i = 144; i < 256; ++i) lengths[i] = 9;
  for (std::size_t i = 256; i < 280; ++i) lengths[i] = 7;
  return {HuffmanCode(lengths), HuffmanCode(std::vector<int>(30, 5))};
}

BlockCodes read_codes(BitReader& reader) {
  const unsigned literal_count = reader.bits(5) + 257;
  const unsigned distance_count = reader.bits(5) + 1;
  const unsigned length_count = reader.bits(4) + 4;
  constexpr std::size_t kOrder[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
  std::vector<int> length_lengths(19, 0);
  for (unsigned i = 0; i < length_count; ++i) length_lengths[kOrder[i]] = static_cast<int>(reader.bits(3));
  const HuffmanCode length_code(length_lengths);
  std::vector<int> lengths;
  while (lengths.size() < literal_count + distance_count) {
    const int symbol = length_code.decode(reader);
    if (symbol < 16)
      lengths.push_back(symbol);
    else if (symbol == 16)
      lengths.insert(lengths.end(), 3 + reader.bits(2), int{lengths.back()});
    else
      lengths.insert(lengths.end(), symbol == 17 ? 3 + reader.bits(3) : 11 + reader.bits(7), 0);
  }
  const auto border = lengths.begin() + static_cast<std::ptrdiff_t>(literal_count);
  return {HuffmanCode({lengths.begin(), border}), HuffmanCode({border, lengths.end()})};
}

void inflate_block(BitReader& reader, const BlockCodes& codes, Bytes& out) {
  constexpr unsigned kLengthBase[] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                      31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
  constexpr int kLengthExtra[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                  2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
  constexpr unsigned kDistanceBase[] = {1,    2,    3,    4,    5,    7,    9,    13,    17,    25,
                                        33,   49,   65,   97,   129,  193,  257,  385,   513,   769,
                                        1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
  for (int symbol = codes.literals.decode(reader); symbol != 256; symbol = codes.literals.decode(reader)) {
    if (symbol < 256) {
      out.push_back(static_cast<std::uint8_t>(symbol));
      continue;
    }
    const int length_symbol = symbol - 257;
    const std::size_t length = kLengthBase[length_symbol] + reader.bits(kLengthExtra[length_symbol]);
    const int distance_symbol = codes.distances.decode(reader);
    const std::size_t distance =
        kDistanceBase[distance_symbol] + reader.bits(distance_symbol < 2 ? 0 : distance_symbol / 2 - 1);
    for (std::size_t i = 0; i < length; ++i) out.push_back(out.at(out.size() - distance));
  }
}

/// The contents of a zlib stream.
Bytes inflate(const Bytes& bytes) {
  BitReader reader(bytes, 2);
  Bytes out;
  bool last = false;
  while (!last) {
    last = reader.bits(1) != 0;
    const unsigned kind = reader.bits(2);
    if (kind == 0) {
      reader.skip_to_byte();
      unsigned length = reader.byte();
      length |= unsigned{reader.byte()} << 8;
      reader.byte(), reader.byte();
      for (unsigned i = 0; i < length; ++i) out.push_back(reader.byte());
    } else {
      inflate_block(reader, kind == 1 ? fixed_codes() : read_codes(reader), out);
    }
  }
  return out;
}

std::uint8_t predicted(int filter, int left, int up, int corner) {
  if (filter == 1) return static_cast<std::uint8_t>(left);
  if (filter == 2) return static_cast<std::uint8_t>(up);
  if (filter == 3) return static_cast<std::uint8_t>((left + up) / 2);
  if (filter != 4) return 0;
  const int estimate = left + up - corner;
  const int to_left = std::abs(estimate - left), to_up = std::abs(estimate - up),
            to_corner = std::abs(estimate - corner);
  if (to_left <= to_up && to_left <= to_corner) return static_cast<std::uint8_t>(left);
  return static_cast<std::uint8_t>(to_up <= to_corner ? up : corner);
}

std::size_t big_endian(const Bytes& bytes, std::size_t at) {
  return std::size_t{bytes.at(at)} << 24 | std::size_t{bytes.at(at + 1)} << 16 | std::size_t{bytes.at(at + 2)} << 8 |
         bytes.at(at + 3);
}

}  // namespace

RgbImage8 read_png(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const Bytes bytes{std::istreambuf_iterator<char>(file), {}};
  if (bytes.size() < 33 || bytes[24] != 8 || bytes[25] != 2 || bytes[28] != 0) {
    throw std::runtime_error(path + ": not an 8-bit RGB PNG");
  }
  RgbImage8 image(static_cast<int>(big_endian(bytes, 16)), static_cast<int>(big_endian(bytes, 20)));
  Bytes packed;
  for (std::size_t at = 8; at + 12 <= bytes.size(); at += 12 + big_endian(bytes, at)) {
    const std::string type(bytes.begin() + static_cast<std::ptrdiff_t>(at + 4),
                           bytes.begin() + static_cast<std::ptrdiff_t>(at + 8));
    const auto content = bytes.begin() + static_cast<std::ptrdiff_t>(at + 8);
    if (type == "IDAT")
      packed.insert(packed.end(), content, content + static_cast<std::ptrdiff_t>(big_endian(bytes, at)));
  }
  const Bytes rows = inflate(packed);
  const std::size_t row_bytes = 3 * static_cast<std::size_t>(image.width);
  for (std::size_t y = 0; y < static_cast<std::size_t>(image.height); ++y) {
    const int filter = rows.at(y * (row_bytes + 1));
    for (std::size_t x = 0; x < row_bytes; ++x) {
      const std::size_t here = y * row_bytes + x;
      const int left = x >= 3 ? image.samples[here - 3] : 0;
      const int up = y > 0 ? image.samples[here - row_bytes] : 0;
      const int corner = x >= 3 && y > 0 ? image.samples[here - row_bytes - 3] : 0;
      image.samples[here] =
          static_cast<std::uint8_t>(rows.at(y * (row_bytes + 1) + 1 + x) + predicted(filter, left, up, corner));
    }
  }
  return image;
}

RgbImageF read_png_as_float(const std::string& path) {
  const RgbImage8 picture = read_png(path);
  RgbImageF image(picture.width, picture.height);
  for (std::size_t i = 0; i < image.samples.size(); ++i) {
    image.samples[i] = static_cast<float>(picture.samples[i]) / 255.0F;
  }
  return image;
}

std::vector<RgbImageF> read_png_window(const std::string& folder, const std::string& name) {
  constexpr std::size_t kPictures = 5;
  std::vector<RgbImageF> pictures(kPictures);
  for (std::size_t i = 0; i < kPictures; ++i) {
    std::string path = folder;
    path.append("/").append(name).append("_").append(std::to_string(i)).append(".png");
    pictures[i] = read_png_as_float(path);
  }
  return pictures;
}

}  // namespace reelface::testing
