// SPDX-License-Identifier: Apache-2.0
#include "media/headers/gif_blocks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <vector>

namespace reelface {
namespace {

using Bytes = std::vector<std::uint8_t>;

bool is_whole(const Bytes& bytes) {
  return is_made_of_gif_blocks(bytes.data(), bytes.size());
}

Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

// A screen of 4x3 with a table of two colours, a delay, and a picture with one of four colours of its own.
const Bytes kHeader = {'G', 'I', 'F', '8', '9', 'a', 4, 0, 3, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6};
const Bytes kDelay = {0x21, 0xF9, 4, 0, 10, 0, 0, 0};
const Bytes kPicture = {0x2C, 0, 0, 0, 0, 4, 0, 3, 0, 0, 2, 3, 0x84, 0x8F, 5, 0};
const Bytes kOwnColours = {0x2C, 0, 0, 0, 0, 4, 0, 3, 0, 0x81, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 2, 1, 0x84, 0};
const Bytes kEnd = {0x3B};

TEST(GifBlocks, SoundPacketsAre) {
  EXPECT_TRUE(is_whole(joined({kHeader, kDelay, kPicture})));
  EXPECT_TRUE(is_whole(joined({kDelay, kOwnColours})));
  EXPECT_TRUE(is_whole(joined({kPicture, kEnd})));
  EXPECT_TRUE(is_whole({}));
}

TEST(GifBlocks, ACutPacketIsNot) {
  const Bytes sound = joined({kHeader, kDelay, kOwnColours});
  for (std::size_t size = 1; size < sound.size(); ++size) {
    if (size == kHeader.size() || size == kHeader.size() + kDelay.size()) continue;  // whole blocks, all the same
    EXPECT_FALSE(is_whole(Bytes(sound.begin(), sound.begin() + static_cast<std::ptrdiff_t>(size)))) << size;
  }
}

TEST(GifBlocks, ZerosBetweenBlocksAreAHole) {
  EXPECT_FALSE(is_whole(joined({kHeader, kPicture, Bytes(50, 0), kDelay, kPicture})));
  Bytes hollow = joined({kHeader, kPicture, kDelay, kPicture});
  std::fill(hollow.begin() + 30, hollow.begin() + 45, std::uint8_t{0});
  EXPECT_FALSE(is_whole(hollow));
}

}  // namespace
}  // namespace reelface
