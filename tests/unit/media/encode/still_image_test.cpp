// SPDX-License-Identifier: Apache-2.0
#include "media/encode/still_image.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <fstream>

#include "reelface/core/error.h"
#include "support/png_reader.h"
#include "support/rgb_sample.h"
#include "support/run_program.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

RgbImage8 gradient(int width, int height) {
  RgbImage8 picture(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      std::uint8_t* pixel = &testing::sample_at(picture, x, y);
      pixel[0] = static_cast<std::uint8_t>(255 * x / width);
      pixel[1] = static_cast<std::uint8_t>(255 * y / height);
      pixel[2] = static_cast<std::uint8_t>(128 + 100 * std::sin(x * 0.1 + y * 0.07));
    }
  }
  return picture;
}

void write_bytes(const std::string& path, const std::vector<std::uint8_t>& bytes) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<long>(bytes.size()));
}

TEST(EncodeJpeg, AnotherProgramReadsItsColours) {
  const testing::TemporaryFolder folder;
  const RgbImage8 picture = gradient(101, 67);
  write_bytes(folder.file("a.jpg"), encode_jpeg(picture.view(), 95));
  const auto ffmpeg = testing::run_program("ffmpeg -nostdin -v error -y -i " + folder.file("a.jpg") +
                                           " -f rawvideo -pix_fmt rgb24 " + folder.file("a.rgb"));
  ASSERT_EQ(ffmpeg.exit_code, 0) << ffmpeg.output;
  EXPECT_EQ(ffmpeg.output, "");
  std::ifstream raw(folder.file("a.rgb"), std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(raw), {}};
  ASSERT_EQ(bytes.size(), picture.samples.size());
  double squares = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    squares += std::pow(static_cast<int>(static_cast<std::uint8_t>(bytes[i])) - picture.samples[i], 2);
  }
  EXPECT_GT(10 * std::log10(255 * 255 / (squares / static_cast<double>(bytes.size()))), 36);
}

TEST(EncodeJpeg, QualityChangesTheSizeAndSettingsRepeat) {
  const RgbImage8 picture = gradient(160, 120);
  const auto good = encode_jpeg(picture.view(), 95), poor = encode_jpeg(picture.view(), 20);
  EXPECT_GT(good.size(), poor.size());
  EXPECT_EQ(encode_jpeg(picture.view(), 20), poor);
  EXPECT_EQ(good[0], 0xFF);
  EXPECT_EQ(good[1], 0xD8);
}

TEST(EncodeJpeg, OnePixelAndNone) {
  EXPECT_GT(encode_jpeg(RgbImage8(1, 1).view()).size(), 100U);
  EXPECT_THROW(encode_jpeg(RgbImage8(0, 5).view()), Error);
}

TEST(EncodePng, LosesNothing) {
  const testing::TemporaryFolder folder;
  const RgbImage8 picture = gradient(101, 67);
  write_bytes(folder.file("a.png"), encode_png(picture.view()));
  EXPECT_EQ(testing::read_png(folder.file("a.png")).samples, picture.samples);
  EXPECT_EQ(encode_png(picture.view()), encode_png(picture.view()));
  EXPECT_GT(encode_png(RgbImage8(1, 1).view()).size(), 50U);
  EXPECT_THROW(encode_png(RgbImage8(5, 0).view()), Error);
}

TEST(EncodePng, TakesPartOfALargerPicture) {
  const testing::TemporaryFolder folder;
  const RgbImage8 picture = gradient(40, 30);
  const RgbView8 part{picture.samples.data() + std::ptrdiff_t{3} * (2 * 40 + 5), 9, 7, std::ptrdiff_t{3} * 40};
  write_bytes(folder.file("a.png"), encode_png(part));
  const RgbImage8 read = testing::read_png(folder.file("a.png"));
  ASSERT_EQ(read.width, 9);
  ASSERT_EQ(read.height, 7);
  EXPECT_EQ(read.samples[std::size_t{3} * (6 * 9 + 8)], picture.samples[std::size_t{3} * (8 * 40 + 13)]);
}

}  // namespace
}  // namespace reelface
