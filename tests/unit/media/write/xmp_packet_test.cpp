// SPDX-License-Identifier: Apache-2.0
#include "media/write/xmp_packet.h"

#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "media/encode/still_image.h"
#include "reelface/core/rgb_image.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

using testing::run_program;
using testing::TemporaryFolder;

constexpr const char* kPacket = "<?xpacket begin?><x:xmpmeta/><?xpacket end?>";

RgbImage8 picture() {
  RgbImage8 image(24, 16);
  for (std::size_t i = 0; i < image.samples.size(); ++i) image.samples[i] = static_cast<std::uint8_t>(7 * i);
  return image;
}

std::string text_of(const std::vector<std::uint8_t>& bytes) {
  return {bytes.begin(), bytes.end()};
}

/// The samples as ffmpeg decodes them, with every complaint being an error.
std::string decoded(const std::string& path) {
  return run_program("ffmpeg -v error -xerror -err_detect +crccheck+explode -i " + path + " -f framemd5 -").output;
}

struct Kind {
  const char* name;
  AVCodecID codec;
  std::vector<std::uint8_t> (*encode)();
  const char* before;  ///< the packet
};

class PicturesWithXmp : public ::testing::TestWithParam<Kind> {};

TEST_P(PicturesWithXmp, HoldThePacketAndShowTheSame) {
  const TemporaryFolder folder;
  const std::vector<std::uint8_t> plain = GetParam().encode();
  const std::vector<std::uint8_t> marked = with_xmp(plain.data(), plain.size(), GetParam().codec, kPacket);
  EXPECT_NE(text_of(marked).find(std::string(GetParam().before) + '\0'), std::string::npos);
  EXPECT_NE(text_of(marked).find(kPacket), std::string::npos);
  std::ofstream(folder.file("plain"), std::ios::binary) << text_of(plain);
  std::ofstream(folder.file("marked"), std::ios::binary) << text_of(marked);
  EXPECT_NE(decoded(folder.file("plain")).find("0,"), std::string::npos);
  EXPECT_EQ(decoded(folder.file("marked")), decoded(folder.file("plain")));
}

TEST_P(PicturesWithXmp, StayAsTheyAreWhereThereIsNone) {
  const std::vector<std::uint8_t> plain = GetParam().encode();
  EXPECT_EQ(with_xmp(plain.data(), plain.size(), GetParam().codec, ""), plain);
  EXPECT_EQ(with_xmp(plain.data(), plain.size(), AV_CODEC_ID_BMP, kPacket), plain);
  for (const std::size_t size : {0U, 1U, 5U}) {
    const std::vector<std::uint8_t> short_file(plain.begin(), plain.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_GE(with_xmp(short_file.data(), size, GetParam().codec, kPacket).size(), size);
  }
}

INSTANTIATE_TEST_SUITE_P(Codecs, PicturesWithXmp,
                         ::testing::Values(Kind{"png", AV_CODEC_ID_PNG, [] { return encode_png(picture().view()); },
                                                "XML:com.adobe.xmp"},
                                           Kind{"jpeg", AV_CODEC_ID_MJPEG, [] { return encode_jpeg(picture().view()); },
                                                "http://ns.adobe.com/xap/1.0/"}),
                         [](const auto& kind) { return std::string(kind.param.name); });

/// A JPEG's segments up to its samples: marker and contents. Decoders forgive what lies between two of them.
std::vector<std::pair<int, std::string>> segments_of(const std::string& jpeg) {
  constexpr int kStartOfScan = 0xDA;
  const auto byte = [&jpeg](std::size_t at) {
    return static_cast<std::size_t>(static_cast<std::uint8_t>(jpeg.at(at)));
  };
  std::vector<std::pair<int, std::string>> segments;
  for (std::size_t at = 2; segments.empty() || segments.back().first != kStartOfScan;) {
    if (byte(at) != 0xFF) throw std::runtime_error("no segment begins at byte " + std::to_string(at));
    const std::size_t length = byte(at + 2) * 256 + byte(at + 3);
    segments.emplace_back(static_cast<int>(byte(at + 1)), jpeg.substr(at + 4, length - 2));
    at += 2 + length;
  }
  return segments;
}

TEST(XmpPacket, IsAJpegSegmentOfItsOwnBehindTheFirst) {
  std::vector<std::uint8_t> plain = encode_jpeg(picture().view());
  const std::string jfif = std::string("\xFF\xE0\0\x10JFIF\0\1\2\0\0\1\0\1\0\0", 18);
  plain.insert(plain.begin() + 2, jfif.begin(), jfif.end());
  const auto before = segments_of(text_of(plain));
  auto segments = segments_of(text_of(with_xmp(plain.data(), plain.size(), AV_CODEC_ID_MJPEG, kPacket)));
  ASSERT_EQ(segments.size(), before.size() + 1);
  EXPECT_EQ(segments[1], std::make_pair(0xE1, "http://ns.adobe.com/xap/1.0/" + std::string(1, '\0') + kPacket));
  segments.erase(segments.begin() + 1);
  EXPECT_EQ(segments, before);
}

TEST(XmpPacket, TooLongForAJpegSegmentIsLeftOut) {
  const std::vector<std::uint8_t> plain = encode_jpeg(picture().view());
  EXPECT_EQ(with_xmp(plain.data(), plain.size(), AV_CODEC_ID_MJPEG, std::string(70000, 'x')), plain);
}

TEST(XmpPacket, IsABoxThatTellsItsLength) {
  const std::string box = xmp_box(kPacket);
  EXPECT_EQ(box.substr(0, 8), std::string("\0\0\0", 3) + static_cast<char>(box.size()) + "uuid");
  EXPECT_EQ(box.substr(24), kPacket);
}

}  // namespace
}  // namespace reelface
