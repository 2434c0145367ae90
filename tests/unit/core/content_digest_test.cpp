// SPDX-License-Identifier: Apache-2.0
#include "core/content_digest.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace reelface {
namespace {

std::uint64_t digest_of(const std::string& text) {
  ContentDigest digest;
  digest.update(text.data(), text.size());
  return digest.value();
}

TEST(ContentDigest, SameBytesSameValue) {
  EXPECT_EQ(digest_of(std::string(1000, 'a')), digest_of(std::string(1000, 'a')));
}

TEST(ContentDigest, EveryBitOfEveryPlaceCounts) {
  for (const std::size_t size : {1, 7, 8, 31, 32, 33, 100}) {
    std::set<std::uint64_t> seen{digest_of(std::string(size, 'a'))};
    for (std::size_t place = 0; place < size; ++place) {
      for (int bit = 0; bit < 8; ++bit) {
        std::string text(size, 'a');
        text[place] = static_cast<char>(text[place] ^ 1 << bit);
        seen.insert(digest_of(text));
      }
    }
    EXPECT_EQ(seen.size(), 8 * size + 1) << size;
  }
}

TEST(ContentDigest, LengthAndOrderCount) {
  EXPECT_NE(digest_of(std::string("\0", 1)), digest_of(std::string("\0\0", 2)));
  EXPECT_NE(digest_of(""), digest_of(std::string("\0", 1)));
  EXPECT_NE(digest_of("abcdefgh12345678"), digest_of("12345678abcdefgh"));
  // Words that are exchanged between blocks of the same lane.
  const std::string one(32, 'x'), other(32, 'y');
  EXPECT_NE(digest_of(one + other), digest_of(other + one));
}

}  // namespace
}  // namespace reelface
