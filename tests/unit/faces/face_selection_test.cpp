// SPDX-License-Identifier: Apache-2.0
#include "faces/face_selection.h"

#include <gtest/gtest.h>

#include "unit/faces/scripted_scene.h"

namespace reelface {
namespace {

using testing::posed_face;

TrackedFace face_at(std::int64_t piece, double x, double size) {
  TrackedFace face;
  face.piece_id = piece;
  face.size_px = size;
  face.face = posed_face({x, 360, size, 0});
  return face;
}

FrameTracks frame_at(int frame, std::vector<TrackedFace> faces) {
  return {frame, frame * 0.04, frame == 0, std::move(faces)};
}

FaceSelectionOptions options_for(FaceSelectionMode mode) {
  return {mode, 24, 0, 1280, 720};
}

TEST(FaceSelection, ManyTakesAllWithinTheLimits) {
  FaceSelectionOptions options{FaceSelectionMode::kMany, 50, 200, 0, 0};
  FaceSelector selector(options);
  FrameTracks tracks = frame_at(0, {face_at(1, 100, 20), face_at(2, 300, 100), face_at(3, 600, 400)});
  selector.select(tracks);
  EXPECT_EQ(tracks.faces[0].selection, 0);
  EXPECT_EQ(tracks.faces[1].selection, 1);
  EXPECT_EQ(tracks.faces[2].selection, 0);
}

TEST(FaceSelection, LargestAndOneDiffer) {
  for (const auto& [mode, chosen] : {std::pair{FaceSelectionMode::kLargest, 1}, {FaceSelectionMode::kOne, 0}}) {
    FaceSelector selector(options_for(mode));
    FrameTracks tracks = frame_at(0, {face_at(1, 640, 150), face_at(2, 60, 180)});
    selector.select(tracks);
    EXPECT_EQ(tracks.faces[chosen].selection, 1);
    EXPECT_EQ(tracks.faces[1 - chosen].selection, 0);
  }
}

TEST(FaceSelection, TheChoicePassesOnSmoothly) {
  FaceSelector selector(options_for(FaceSelectionMode::kLargest));
  double before = 1;
  for (int frame = 0; frame < 60; ++frame) {
    FrameTracks tracks = frame_at(frame, {face_at(1, 300, 100), face_at(2, 900, 60 + 2 * frame)});
    selector.select(tracks);
    const double first = tracks.faces[0].selection, second = tracks.faces[1].selection;
    EXPECT_NEAR(first + second, 1, 1e-9);
    EXPECT_LE(first, before + 1e-9);
    EXPECT_LT(before - first, 0.3);
    before = first;
  }
  EXPECT_EQ(before, 0);
}

TEST(FaceSelection, ACutChoosesAtOnce) {
  FaceSelector selector(options_for(FaceSelectionMode::kLargest));
  FrameTracks tracks = frame_at(0, {face_at(1, 300, 100)});
  selector.select(tracks);
  tracks = frame_at(1, {face_at(2, 300, 100), face_at(3, 500, 50)});
  tracks.starts_shot = true;
  selector.select(tracks);
  EXPECT_EQ(tracks.faces[0].selection, 1);
}

TEST(FaceSelection, AloneAfterAnEmptyStretch) {
  FaceSelector selector(options_for(FaceSelectionMode::kOne));
  for (int frame = 0; frame < 10; ++frame) {
    FrameTracks tracks = frame_at(frame, {});
    selector.select(tracks);
  }
  FrameTracks tracks = frame_at(10, {face_at(4, 640, 100)});
  selector.select(tracks);
  EXPECT_EQ(tracks.faces[0].selection, 1);
}

}  // namespace
}  // namespace reelface
