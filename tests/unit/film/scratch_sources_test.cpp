// SPDX-License-Identifier: Apache-2.0
#include "film/scratch_sources.h"

#include <gtest/gtest.h>

#include <utility>

#include "made_scene.h"

namespace reelface {
namespace {

using testing::Scenery;

const cv::Size kSize(320, 240);
constexpr double kPace = 5;  // pixels that the camera moves to the right between two frames
constexpr int kPlace = 160;

/// The same place in every frame, whatever the camera does.
VerticalLine straight_line(float place) {
  VerticalLine line;
  line.places.assign(16, place);
  line.strengths.assign(16, 30.0F);
  return line;
}

Scratch scratch_here() {
  Scratch scratch;
  scratch.line = straight_line(kPlace);
  scratch.box = {kPlace - 1, 0, 3, kSize.height};
  scratch.area = 3 * kSize.height;
  return scratch;
}

cv::Mat scratched(cv::Mat picture) {
  picture.colRange(kPlace - 1, kPlace + 2) *= 0.4;
  picture.colRange(kPlace - 1, kPlace + 2) += 130;
  return picture;
}

cv::Mat clean_frame(int time) {
  return Scenery(9).seen_from({kPace * time, 0}, kSize);
}

/// The frame behind a pan's first: what is here was `pace` to the left there.
ScratchSource frame_behind(double pace, std::vector<VerticalLine> lines) {
  ScratchSource source;
  source.offset = 1;
  source.grey = scratched(clean_frame(1));
  source.motion = Motion(kSize, CV_32FC2, cv::Scalar(-pace, 0));
  source.lines = std::move(lines);
  return source;
}

TEST(ScratchSources, APanShowsWhatAScratchHides) {
  const cv::Mat now = scratched(clean_frame(0));
  const std::vector<Defect> pieces =
      pieces_shown_elsewhere(scratch_here(), now, {frame_behind(kPace, {straight_line(kPlace)})});
  int rows = 0;
  for (const Defect& piece : pieces) {
    EXPECT_EQ(piece.filled_from, 1);
    EXPECT_EQ(piece.box.width, 3);
    EXPECT_NEAR(piece.light, 0, 0.5);
    EXPECT_NEAR(piece.motion.at<cv::Vec2f>(0, 0)[0], -kPace, 0.01);
    rows += piece.box.height;
  }
  EXPECT_EQ(rows, kSize.height);
}

TEST(ScratchSources, NotWhereThatFrameHasALineThere) {
  const ScratchSource source = frame_behind(kPace, {straight_line(kPlace), straight_line(kPlace - kPace)});
  EXPECT_TRUE(pieces_shown_elsewhere(scratch_here(), scratched(clean_frame(0)), {source}).empty());
}

TEST(ScratchSources, NotWhereALineWasOverlooked) {
  ScratchSource source = frame_behind(0, {});
  source.grey = scratched(clean_frame(0));
  EXPECT_TRUE(pieces_shown_elsewhere(scratch_here(), scratched(clean_frame(0)), {source}).empty());
}

TEST(ScratchSources, NotWhereTheMotionIsWrong) {
  const ScratchSource source = frame_behind(kPace + 9, {straight_line(kPlace)});
  const std::vector<Defect> pieces = pieces_shown_elsewhere(scratch_here(), scratched(clean_frame(0)), {source});
  EXPECT_LE(pieces.size(), 2U);
}

TEST(ScratchSources, TheBetterOfTwoIsTaken) {
  ScratchSource worse = frame_behind(kPace + 0.6, {straight_line(kPlace)});
  worse.offset = 2;
  const ScratchSource better = frame_behind(kPace, {straight_line(kPlace)});
  for (const Defect& piece : pieces_shown_elsewhere(scratch_here(), scratched(clean_frame(0)), {worse, better}))
    EXPECT_EQ(piece.filled_from, 1);
}

}  // namespace
}  // namespace reelface
