// SPDX-License-Identifier: Apache-2.0
#include "media/headers/parameter_sets.h"

#include <gtest/gtest.h>

#include <vector>

namespace reelface {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes with_codes(const std::vector<Bytes>& units) {
  Bytes bytes;
  for (const Bytes& unit : units) {
    bytes.insert(bytes.end(), {0, 0, 1});
    bytes.insert(bytes.end(), unit.begin(), unit.end());
  }
  return bytes;
}

Bytes with_lengths(const std::vector<Bytes>& units) {
  Bytes bytes;
  for (const Bytes& unit : units) {
    bytes.insert(bytes.end(),
                 {0, 0, static_cast<std::uint8_t>(unit.size() >> 8), static_cast<std::uint8_t>(unit.size())});
    bytes.insert(bytes.end(), unit.begin(), unit.end());
  }
  return bytes;
}

std::optional<std::uint64_t> digest(const Bytes& bytes, AVCodecID codec = AV_CODEC_ID_H264, int bytes_of_length = 0) {
  return parameter_digest(codec, bytes_of_length, bytes.data(), bytes.size());
}

const Bytes kSmall = {0x67, 1, 2, 3}, kLarge = {0x67, 1, 2, 4}, kOther = {0x68, 5}, kPicture = {0x65, 9, 9};

TEST(ParameterSets, AreTheSameBehindCodesAndLengths) {
  const auto small = digest(with_codes({kSmall, kOther, kPicture}));
  ASSERT_TRUE(small.has_value());
  EXPECT_EQ(small, digest(with_lengths({kSmall, kOther, kPicture}), AV_CODEC_ID_H264, 4));
  EXPECT_NE(small, digest(with_codes({kLarge, kOther, kPicture})));
}

TEST(ParameterSets, CountBeforeThePictureOnly) {
  EXPECT_FALSE(digest(with_codes({kPicture, kSmall})).has_value());
  EXPECT_FALSE(digest(with_codes({kOther})).has_value());
  EXPECT_EQ(digest(with_codes({kSmall, kPicture})), digest(with_codes({kSmall, kPicture, kLarge})));
}

TEST(ParameterSets, HowPicturesAreTurnedCountsToo) {
  const auto message = [](std::uint8_t kind, std::uint8_t value) { return Bytes{0x06, kind, 2, value, 7, 0x80}; };
  const auto upright = digest(with_codes({kSmall, message(47, 1), kPicture}));
  EXPECT_NE(upright, digest(with_codes({kSmall, message(47, 2), kPicture})));
  EXPECT_EQ(digest(with_codes({kSmall, message(5, 1), kPicture})),
            digest(with_codes({kSmall, message(5, 2), kPicture})))
      << "other messages say nothing of it";
}

TEST(ParameterSets, TablesOfMpeg2MayChange) {
  const auto header = [](std::uint8_t height, std::uint8_t table) {
    return Bytes{0xB3, 0x2D, 0x01, height, 0x23, table};
  };
  const Bytes picture = {0x00, 1, 2};
  const auto film = [&](std::uint8_t height, std::uint8_t table) {
    return digest(with_codes({header(height, table), picture}), AV_CODEC_ID_MPEG2VIDEO);
  };
  EXPECT_TRUE(film(0xE0, 1).has_value());
  EXPECT_EQ(film(0xE0, 1), film(0xE0, 2));
  EXPECT_NE(film(0xE0, 1), film(0xF0, 1));
}

TEST(ParameterSets, BrokenLengthsEndNowhere) {
  Bytes bytes = with_lengths({kSmall, kPicture});
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    const Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    digest(cut, AV_CODEC_ID_H264, 4);
    digest(cut, AV_CODEC_ID_HEVC, 3);
  }
  bytes[0] = 0xFF;
  EXPECT_TRUE(digest(bytes, AV_CODEC_ID_H264, 4).has_value()) << "what is there of the first unit";
  EXPECT_FALSE(digest({}, AV_CODEC_ID_H264, 0).has_value());
}

TEST(ParameterSets, TheContainerSaysHowUnitsAreTold) {
  const Bytes avcc = {1, 100, 0, 31, 0xFF, 0xE1, 0};
  EXPECT_EQ(bytes_of_unit_length(AV_CODEC_ID_H264, avcc.data(), avcc.size()), 4);
  EXPECT_EQ(bytes_of_unit_length(AV_CODEC_ID_H264, avcc.data(), 3), 0);
  const Bytes codes = with_codes({kSmall});
  EXPECT_EQ(bytes_of_unit_length(AV_CODEC_ID_H264, codes.data(), codes.size()), 0);
  EXPECT_EQ(bytes_of_unit_length(AV_CODEC_ID_HEVC, nullptr, 0), 0);
}

}  // namespace
}  // namespace reelface
