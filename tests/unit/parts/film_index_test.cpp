// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/film_index.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/sha256.h"
#include "pipeline/parts/part_folder.h"
#include "reelface/core/error.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

Frame picture(const std::string& layout, int width = 7, int height = 5) {
  FrameFacts facts;
  facts.width = width;
  facts.height = height;
  facts.layout = pixel_layout(layout);
  return allocate_frame(facts);
}

TEST(FilmIndex, ComesBackAsItWas) {
  const testing::TemporaryFolder folder;
  FilmIndex index;
  index.time_base = {1001, 30000};
  index.frames = {{-3, 2, 0xFFFFFFFFFFFFFFFF, true}, {5, 1, 7, false}};
  const std::string path = folder.file("film.index");
  const std::string sha256 = save_index(index, path);
  const FilmIndex read = load_index(path, sha256);
  EXPECT_EQ(read.time_base, index.time_base);
  ASSERT_EQ(read.size(), 2);
  EXPECT_EQ(read.frames[0].pts, -3);
  EXPECT_EQ(read.frames[0].digest, 0xFFFFFFFFFFFFFFFF);
  EXPECT_TRUE(read.frames[0].starts_shot);
  EXPECT_EQ(read.frames[1].duration, 1);
}

TEST(FilmIndex, AnotherFileIsRefused) {
  const testing::TemporaryFolder folder;
  FilmIndex index;
  index.frames = {{0, 1, 1, true}};
  const std::string path = folder.file("film.index");
  const std::string sha256 = save_index(index, path);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1);
  EXPECT_THROW(load_index(path, sha256), Error);
  EXPECT_THROW(load_index(folder.file("missing"), sha256), Error);
}

TEST(FilmIndex, MoreFramesThanBytesAreRefused) {
  // With a checksum that is right: whoever wrote the file wrote the plan, too.
  const testing::TemporaryFolder folder;
  const std::string path = folder.file("film.index");
  for (const std::int64_t count : {std::int64_t{2}, std::int64_t{1} << 60, std::int64_t{-1}}) {
    FilmIndex index;
    index.frames = {{0, 1, 1, true}};
    save_index(index, path);
    std::string bytes = file_text(path).value();
    const std::size_t frame_bytes = 25;
    bytes.replace(bytes.size() - frame_bytes - sizeof count, sizeof count,
                  std::string(reinterpret_cast<const char*>(&count), sizeof count));
    std::ofstream(path, std::ios::binary) << bytes;
    EXPECT_THROW(load_index(path, sha256_of(bytes)), Error) << count;
  }
}

TEST(FilmIndex, OneOfAnotherFilmIsRefused) {
  const testing::TemporaryFolder folder;
  FilmIndex index;
  index.time_base = {1, 25};
  index.frames = {{0, 1, 1, true}, {1, 1, 2, false}};
  FilmPlan plan;
  plan.index_sha256 = save_index(index, index_path(folder.path().string()));
  plan.time_base = index.time_base;
  plan.frames = 2;
  EXPECT_EQ(index_of(folder.path().string(), plan).size(), 2);
  plan.frames = 3;
  EXPECT_THROW(index_of(folder.path().string(), plan), Error);
  plan.frames = 2;
  plan.time_base = {1, 24};
  EXPECT_THROW(index_of(folder.path().string(), plan), Error);
}

TEST(FilmIndex, BytesThatNobodyWroteAreRefused) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.file("film.index");
  FilmIndex index;
  index.frames = {{0, 1, 1, true}};
  save_index(index, path);
  const std::string good = file_text(path).value();
  EXPECT_EQ(index_from_bytes(good).size(), 1);
  EXPECT_THROW(index_from_bytes(good + "x"), Error);
  EXPECT_THROW(index_from_bytes(""), Error);
  const auto refused = [&path](const FilmIndex& wrong) {
    save_index(wrong, path);
    EXPECT_THROW(index_from_bytes(file_text(path).value()), Error);
  };
  refused({{1, 0}, {{0, 1, 1, true}}});
  refused({{1, std::int64_t{1} << 40}, {{0, 1, 1, true}}});
  refused({{1, 25}, {{kNoTimestamp, 1, 1, true}}});
  refused({{1, 25}, {{0, kNoTimestamp, 1, true}}});
  refused({{1, 25}, {{0, 1, 1, true}, {0, 1, 1, true}}});
}

TEST(FilmIndex, EverySampleOfEveryPlaneCounts) {
  for (const std::string layout : {"yuv420p", "yuv422p10le", "nv12", "rgb24", "gbrp", "yuva420p", "gray"}) {
    Frame frame = picture(layout);
    const std::uint64_t before = digest_of(frame);
    EXPECT_EQ(digest_of(picture(layout)), before) << layout;
    for (int number = 0; number < frame.facts().layout.plane_count; ++number) {
      const Plane plane = frame.plane(number);
      std::uint8_t& last = plane.data[(plane.height - 1) * plane.stride + plane.width - 1];
      last ^= 1;
      EXPECT_NE(digest_of(frame), before) << layout << " plane " << number;
      last ^= 1;
    }
    frame.facts().damaged = true;
    EXPECT_NE(digest_of(frame), before) << layout;
  }
}

/// Samples at the very end of their memory: the address sanitizer sees whoever reads on.
class TightStorage : public FrameStorage {
 public:
  TightStorage(int width, int height, int bytes_of_row)
      : bytes_(static_cast<std::size_t>(bytes_of_row) * static_cast<std::size_t>(height)),
        plane_{bytes_.data(), bytes_of_row, width, height} {}
  Plane plane(int) const override { return plane_; }
  void make_writable() override {}
  std::unique_ptr<FrameStorage> share() const override { throw Error(ExitCode::kInternal, "nobody shares this"); }

 private:
  std::vector<std::uint8_t> bytes_;
  Plane plane_;
};

TEST(FilmIndex, PackedRowsEndWhereTheirSamplesDo) {
  PixelLayout ten_bits = pixel_layout("yuyv422");
  ten_bits.name = "y210le";
  ten_bits.components = {{{0, 4, 0, 6, 10}, {0, 8, 2, 6, 10}, {0, 8, 6, 6, 10}, {}}};
  for (const auto& [layout, bytes] :
       {std::pair{pixel_layout("yuyv422"), 1}, {pixel_layout("uyvy422"), 1}, {ten_bits, 2}}) {
    for (const int width : {2, 7, 64}) {
      FrameFacts facts;
      facts.width = width;
      facts.height = 3;
      facts.layout = layout;
      const int row = 4 * bytes * ((width + 1) / 2);
      const Frame frame(facts, std::make_unique<TightStorage>(width, 3, row));
      const std::uint64_t before = digest_of(frame);
      const Plane plane = frame.plane(0);
      plane.data[3 * row - 1] ^= 1;
      EXPECT_NE(digest_of(frame), before) << layout.name << " " << width << ": the last sample counts";
    }
  }
}

TEST(FilmIndex, WhatLiesBesideThePictureDoesNotCount) {
  for (const std::string layout : {"yuyv422", "uyvy422", "rgb24", "nv12", "yuv420p"}) {
    Frame frame = picture(layout);
    const std::uint64_t before = digest_of(frame);
    for (int number = 0; number < frame.facts().layout.plane_count; ++number) {
      const Plane plane = frame.plane(number);
      const int samples = layout == "rgb24" ? 21 : layout == "yuv420p" ? plane.width : layout == "nv12" ? 8 : 16;
      for (int row = 0; row < plane.height; ++row)
        std::fill(plane.data + row * plane.stride + samples, plane.data + (row + 1) * plane.stride, 99);
    }
    EXPECT_EQ(digest_of(frame), before) << layout;
  }
}

}  // namespace
}  // namespace reelface
