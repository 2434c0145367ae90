// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/gather_stage.h"

#include <gtest/gtest.h>

#include "motion/crop_step.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

class NoStorage : public FrameStorage {
 public:
  Plane plane(int) const override { return {}; }
  void make_writable() override {}
  std::unique_ptr<FrameStorage> share() const override { return std::make_unique<NoStorage>(); }
};

/// A frame with one face per piece id; the crop's first sample is the frame's number.
FrameJob job_with_faces(int index, const std::vector<int>& pieces) {
  FrameJob job;
  job.index = index;
  job.frame.emplace(FrameFacts{}, std::make_unique<NoStorage>());
  FaceWork& work = job.work.make<FaceWork>();
  for (const int piece : pieces) {
    FaceJob face;
    face.track.piece_id = piece;
    auto crop = std::make_shared<RgbImageF>(1, 1);
    crop->samples[0] = static_cast<float>(index);
    face.crop = crop;
    work.faces.push_back(std::move(face));
  }
  return job;
}

std::vector<int> frames_of(const FaceJob& face) {
  std::vector<int> frames;
  for (const SharedCrop& crop : face.window) frames.push_back(static_cast<int>(crop->samples[0]));
  return frames;
}

/// Runs `frames` (piece ids of each) through the stage in groups of `group_size`; windows by frame, then by face.
std::vector<std::vector<std::vector<int>>> gather(const std::vector<std::vector<int>>& frames, std::size_t group_size,
                                                  int window_length) {
  LookAhead stage = make_gather_stage(window_length, group_size, StrengthOptions{});
  std::vector<std::vector<std::vector<int>>> windows;
  std::size_t held = 0;
  const auto collect = [&](const std::vector<FrameGroupPtr>& ready) {
    for (const FrameGroupPtr& group : ready) {
      --held;
      for (const FrameJob& job : group->jobs) {
        windows.emplace_back();
        for (const FaceJob& face : job.work.get<FaceWork>()->faces) windows.back().push_back(frames_of(face));
      }
    }
  };
  for (std::size_t start = 0; start < frames.size(); start += group_size) {
    auto group = std::make_shared<FrameGroup>();
    for (std::size_t index = start; index < std::min(start + group_size, frames.size()); ++index) {
      group->jobs.push_back(job_with_faces(static_cast<int>(index), frames[index]));
    }
    ++held;
    EXPECT_LE(held, stage.needs.groups_held + 1);
    collect(stage.stage->take(group));
  }
  collect(stage.stage->flush());
  EXPECT_EQ(held, 0u);
  return windows;
}

class GatherStage : public ::testing::TestWithParam<std::size_t> {};

TEST_P(GatherStage, GivesEveryFrameItsNeighbours) {
  const auto windows = gather(std::vector<std::vector<int>>(7, {1}), GetParam(), 5);
  ASSERT_EQ(windows.size(), 7u);
  EXPECT_EQ(windows[0][0], (std::vector<int>{0, 0, 0, 1, 2}));
  EXPECT_EQ(windows[1][0], (std::vector<int>{0, 0, 1, 2, 3}));
  EXPECT_EQ(windows[3][0], (std::vector<int>{1, 2, 3, 4, 5}));
  EXPECT_EQ(windows[6][0], (std::vector<int>{4, 5, 6, 6, 6}));
}

TEST_P(GatherStage, NeverLooksIntoAnotherPieceOfATrack) {
  const auto windows = gather({{1}, {1}, {2}, {2}, {2}}, GetParam(), 5);
  EXPECT_EQ(windows[1][0], (std::vector<int>{0, 0, 1, 1, 1}));
  EXPECT_EQ(windows[2][0], (std::vector<int>{2, 2, 2, 3, 4}));
}

TEST_P(GatherStage, StopsAtAGap) {
  const auto windows = gather({{1}, {}, {1}, {1}}, GetParam(), 5);
  EXPECT_EQ(windows[2][0], (std::vector<int>{2, 2, 2, 3, 3}));
}

TEST_P(GatherStage, KeepsSeveralFacesApart) {
  const auto windows = gather({{1, 2}, {2, 1}, {1}}, GetParam(), 3);
  EXPECT_EQ(windows[1][0], (std::vector<int>{0, 1, 1}));
  EXPECT_EQ(windows[1][1], (std::vector<int>{0, 1, 2}));
}

TEST_P(GatherStage, AWindowOfOneIsTheCropItself) {
  const auto windows = gather({{1}, {1}}, GetParam(), 1);
  EXPECT_EQ(windows[1][0], (std::vector<int>{1}));
}

TEST(GatherSteps, OneStepServesBothItsWindowsAndLeadsFromTheFrameItNames) {
  const LookAhead stage = make_gather_stage(5, 8, StrengthOptions{});
  auto group = std::make_shared<FrameGroup>();
  for (int index = 0; index < 4; ++index) group->jobs.push_back(job_with_faces(index, {1}));
  for (int index = 0; index < 4; ++index)
    group->jobs[static_cast<std::size_t>(index)].work.get<FaceWork>()->time_seconds = index;
  stage.stage->take(group);
  stage.stage->flush();
  const auto face = [&](std::size_t index) -> const FaceJob& {
    return group->jobs[index].work.get<FaceWork>()->faces[0];
  };
  EXPECT_EQ(face(1).steps[4], face(3).steps[0]);
  EXPECT_EQ(face(1).steps[4]->earlier_seconds(), 1);
  EXPECT_EQ(face(1).steps[4]->later(), face(3).crop);
  EXPECT_EQ(face(2).steps[1], face(2).from_earlier[0]);
  EXPECT_FALSE(face(2).steps[2]);
  // Ends are repeated, and so are the ways there.
  EXPECT_EQ(face(3).steps[4], nullptr);
  EXPECT_EQ(face(2).steps[4], face(2).steps[3]);
  EXPECT_TRUE(face(0).from_earlier.empty());
}

INSTANTIATE_TEST_SUITE_P(GroupSizes, GatherStage, ::testing::Values(1, 2, 3, 8));

}  // namespace
}  // namespace reelface
