// SPDX-License-Identifier: Apache-2.0
#include "media/headers/coded_size.h"

#include <gtest/gtest.h>

#include <vector>

namespace reelface {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// Bits as a header has them, the highest first.
class BitWriter {
 public:
  BitWriter& put(int count, std::uint32_t value) {
    for (int bit = count - 1; bit >= 0; --bit) {
      if (used_ % 8 == 0) bytes_.push_back(0);
      bytes_.back() = static_cast<std::uint8_t>(bytes_.back() | (value >> bit & 1U) << (7 - used_ % 8));
      ++used_;
    }
    return *this;
  }
  /// With a few bytes behind, as the coded picture has.
  Bytes bytes() const {
    Bytes all = bytes_;
    all.insert(all.end(), 8, 0);
    return all;
  }

 private:
  Bytes bytes_;
  int used_ = 0;
};

/// `is_shown` and a size, profile 0.
Bytes vp9_key_frame(int width, int height, bool is_shown = true) {
  return BitWriter()
      .put(2, 2)
      .put(2, 0)
      .put(1, 0)  // not shown again
      .put(1, 0)  // key frame
      .put(1, is_shown)
      .put(1, 0)
      .put(24, 0x498342)
      .put(3, 1)
      .put(1, 0)
      .put(16, static_cast<std::uint32_t>(width - 1))
      .put(16, static_cast<std::uint32_t>(height - 1))
      .bytes();
}

BitWriter vp9_inter_frame(std::uint32_t replaced, const std::array<std::uint32_t, 3>& references) {
  BitWriter bits;
  bits.put(2, 2).put(2, 0).put(1, 0).put(1, 1).put(1, 1).put(1, 0);  // shown, not error resilient
  bits.put(2, 0).put(8, replaced);
  for (const std::uint32_t reference : references) bits.put(3, reference).put(1, 0);
  return bits;
}

std::optional<PictureSize> see(Vp9Sizes& sizes, const Bytes& bytes) {
  return sizes.see(bytes.data(), bytes.size());
}

void expect_size(const std::optional<PictureSize>& size, int width, int height) {
  ASSERT_TRUE(size.has_value());
  EXPECT_EQ(size->width, width);
  EXPECT_EQ(size->height, height);
}

TEST(CodedSize, OfVp8KeyFramesOnly) {
  const Bytes key = {0x10, 2, 0, 0x9D, 0x01, 0x2A, 0x80, 0x42, 0x68, 0xC1, 0};  // 640x360, scales in the upper bits
  expect_size(vp8_size(key.data(), key.size()), 640, 360);
  Bytes other = key;
  other[0] |= 1;
  EXPECT_FALSE(vp8_size(other.data(), other.size()).has_value());
  EXPECT_FALSE(vp8_size(key.data(), 9).has_value());
}

TEST(CodedSize, OfJpegBehindItsTables) {
  const Bytes picture = {0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1,    2, 0xFF, 0xFF, 0xC4, 0,    3, 9,
                         0xFF, 0xC0, 0,    11,   8, 1, 0x68, 2, 0x80, 1,    1,    0x11, 0};
  expect_size(jpeg_size(picture.data(), picture.size()), 640, 360);
  for (std::size_t size = 0; size < 22; ++size) EXPECT_FALSE(jpeg_size(picture.data(), size).has_value()) << size;
}

TEST(CodedSize, OfVp9KeyFrames) {
  Vp9Sizes sizes;
  expect_size(see(sizes, vp9_key_frame(1280, 720)), 1280, 720);
  EXPECT_FALSE(see(sizes, vp9_key_frame(640, 360, false)).has_value()) << "nothing is shown";
  EXPECT_FALSE(see(sizes, {0x40, 0, 0}).has_value()) << "no frame begins like this";
  EXPECT_FALSE(see(sizes, {}).has_value());
  const Bytes key = vp9_key_frame(320, 180);
  EXPECT_FALSE(see(sizes, Bytes(key.begin(), key.begin() + 6)).has_value()) << "cut off";
}

TEST(CodedSize, OfVp9PicturesThatTakeItOver) {
  Vp9Sizes sizes;
  see(sizes, vp9_key_frame(640, 360));
  expect_size(see(sizes, vp9_inter_frame(1, {0, 1, 2}).put(1, 1).bytes()), 640, 360);
  BitWriter larger = vp9_inter_frame(2, {0, 1, 2});  // kept as number 1
  larger.put(3, 0).put(16, 1279).put(16, 719);
  expect_size(see(sizes, larger.bytes()), 1280, 720);
  expect_size(see(sizes, vp9_inter_frame(0, {0, 1, 2}).put(1, 1).bytes()), 640, 360);
  expect_size(see(sizes, vp9_inter_frame(0, {0, 1, 2}).put(2, 1).bytes()), 1280, 720);
  expect_size(see(sizes, BitWriter().put(2, 2).put(2, 0).put(1, 1).put(3, 1).bytes()), 1280, 720);
}

TEST(CodedSize, OfTheVp9PictureThatAPacketShows) {
  const Bytes hidden = vp9_key_frame(640, 360, false), shown = vp9_key_frame(1280, 720);
  Bytes packet = hidden;
  packet.insert(packet.end(), shown.begin(), shown.end());
  const std::uint8_t marker = 0xC0 | 1;  // two frames, a byte for the length of each
  for (const std::size_t byte : {std::size_t{marker}, hidden.size(), shown.size(), std::size_t{marker}})
    packet.push_back(static_cast<std::uint8_t>(byte));
  Vp9Sizes sizes;
  expect_size(see(sizes, packet), 1280, 720);
  packet[packet.size() - 3] = 200;  // longer than there is
  EXPECT_FALSE(see(sizes, packet).has_value());
}

}  // namespace
}  // namespace reelface
