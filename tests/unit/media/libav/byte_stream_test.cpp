// SPDX-License-Identifier: Apache-2.0
#include "media/libav/byte_stream.h"

#include <gtest/gtest.h>

extern "C" {
#include <libavformat/avio.h>
#include <libavutil/error.h>
}

#include "reelface/core/error.h"
#include "support/generated_media.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

std::vector<std::uint8_t> counted(std::size_t size) {
  std::vector<std::uint8_t> bytes(size);
  for (std::size_t index = 0; index < size; ++index) bytes[index] = static_cast<std::uint8_t>(index * 7 + index / 256);
  return bytes;
}

/// Everything about one stream that libav relies on.
void check_reading(std::unique_ptr<ByteSource> source, const std::vector<std::uint8_t>& expected) {
  const ByteStream stream(std::move(source));
  AVIOContext* io = stream.io();
  const auto size = static_cast<std::int64_t>(expected.size());
  EXPECT_EQ(avio_size(io), size);
  std::vector<std::uint8_t> got(expected.size() + 10);
  EXPECT_EQ(avio_read(io, got.data(), static_cast<int>(got.size())), static_cast<int>(size));
  got.resize(expected.size());
  EXPECT_EQ(got, expected);
  EXPECT_EQ(avio_seek(io, size - 3, SEEK_SET), size - 3);
  EXPECT_EQ(avio_r8(io), expected[expected.size() - 3]);
  EXPECT_EQ(avio_seek(io, 5, SEEK_SET), 5);
  EXPECT_EQ(avio_r8(io), expected[5]);
  EXPECT_EQ(stream.source().read_error(), 0);
  EXPECT_FALSE(stream.source().is_empty());
}

TEST(ByteStream, ReadsMemory) {
  check_reading(bytes_in_memory(counted(200'000)), counted(200'000));
}

TEST(ByteStream, ReadsFiles) {
  const testing::TemporaryFolder folder;
  const std::vector<std::uint8_t> bytes = counted(200'000);
  testing::write_file(folder.file("file"), std::string(bytes.begin(), bytes.end()));
  const StallWatch watch(5, nullptr);
  check_reading(open_bytes(folder.file("file"), watch), bytes);
}

TEST(ByteSource, RefusesToSeekOutsideMemory) {
  const auto source = bytes_in_memory(counted(10));
  EXPECT_LT(source->seek(11, SEEK_SET), 0);
  EXPECT_LT(source->seek(-1, SEEK_SET), 0);
  EXPECT_EQ(source->seek(-4, SEEK_END), 6);
  EXPECT_EQ(source->seek(1, SEEK_CUR), 7);
  std::uint8_t bytes[10];
  EXPECT_EQ(source->read(bytes, 10), 3);
  EXPECT_EQ(source->read(bytes, 10), AVERROR_EOF);
}

TEST(ByteSource, AFolderIsNoFile) {
  const testing::TemporaryFolder folder;
  const StallWatch watch(5, nullptr);
  const auto source = open_bytes(folder.path().string(), watch);
  std::uint8_t byte = 0;
  EXPECT_LT(source->read(&byte, 1), 0);
  EXPECT_THROW(open_bytes(folder.file("absent"), watch), Error);
}

}  // namespace
}  // namespace reelface
