// SPDX-License-Identifier: Apache-2.0
// Films whose pictures change their size on the way, as the reader gives them and tells of them.
#include <gtest/gtest.h>

#include "unit/media/media_fixture.h"

namespace reelface {
namespace {

using testing::file_bytes;
using testing::read_all;
using testing::ReadResult;
using testing::run_ffmpeg;
using testing::write_file;

class SizeChange : public testing::MediaTest {
 protected:
  /// Ten frames of each size, one after the other.
  std::string joined(const std::string& first, const std::string& second) const {
    std::string bytes;
    for (const std::string& size : {first, second})
      bytes += file_bytes(encode("testsrc2=s=" + size + ":r=25:d=0.4", "-c:v libx264 -preset ultrafast", size + ".ts"));
    write_file(file("joined.ts"), bytes);
    return file("joined.ts");
  }
};

TEST_F(SizeChange, TheFirstPictureMaySayHowLargeTheFilmIs) {
  ReadOptions options;
  options.canvas.rule = CanvasRule::kFirst;
  const ReadResult result = read_all(joined("320x240", "640x480"), options);
  ASSERT_EQ(result.frames.size(), 20u);
  for (const FrameFacts& facts : result.frames) EXPECT_EQ(facts.width, 320);
  EXPECT_EQ(result.damage.size_changes, 10);
  EXPECT_EQ(result.damage.boxed_frames, 0);
}

TEST_F(SizeChange, AContainerThatAnnouncesMoreIsBelieved) {
  remux(joined("640x480", "320x240"), "both.mkv");
  run_ffmpeg("-ss 0.4 -i " + file("both.mkv") + " -c copy " + file("small_first.mkv"));
  const ReadResult result = read_all(file("small_first.mkv"));
  ASSERT_EQ(result.frames.size(), 10u);
  EXPECT_EQ(result.frames[0].width, 640) << "larger pictures may still come";
  EXPECT_EQ(result.info.video.height, 480);
  EXPECT_EQ(result.damage.size_changes, 10);
  EXPECT_EQ(result.damage.boxed_frames, 0);
}

TEST_F(SizeChange, IsToldInASentence) {
  DamageReport damage;
  EXPECT_EQ(size_change_text(damage), "");
  damage.size_changes = 1;
  EXPECT_EQ(size_change_text(damage),
            "the pictures change their size or format on the way: 1 frame was scaled to the film's size");
  damage.boxed_frames = 1;
  EXPECT_EQ(size_change_text(damage),
            "the pictures change their size or format on the way: 1 frame of another shape was put between black bars");
  damage.size_changes = 25;
  EXPECT_EQ(
      size_change_text(damage),
      "the pictures change their size or format on the way: 25 frames were fitted to the film's size, 1 of them, of "
      "another shape, between black bars");
}

}  // namespace
}  // namespace reelface
