// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/blend_stage.h"

#include <gtest/gtest.h>

#include <random>

#include "faces/temporal_blender.h"
#include "image/colour_match.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

constexpr int kSide = 32, kFrames = 9;
constexpr double kFrameSeconds = 0.04;

/// A slope that moves, and noise upon it.
RgbImageF picture(int frame, double piece, float noise, float brightness) {
  std::mt19937 generator(static_cast<unsigned>(1009 * frame + 7919 * piece + 1000 * noise));
  std::uniform_real_distribution<float> random(-noise, noise);
  RgbImageF image(kSide, kSide);
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < 3 * kSide; ++x)
      image.samples[std::size_t{3} * kSide * y + x] =
          brightness * (0.3F + 0.01F * static_cast<float>((x / 3 + y + frame) % 40)) + random(generator);
  }
  return image;
}

FaceJob face_of(int frame, std::int64_t piece) {
  FaceJob face;
  face.track.track_id = face.track.piece_id = piece;
  face.crop = std::make_shared<const RgbImageF>(picture(frame, static_cast<double>(piece), 0.01F, 1));
  face.restored = picture(frame, static_cast<double>(piece) + 0.5, 0.03F, 1.1F);
  auto mask = std::make_shared<MaskImage>(kSide, kSide);
  for (float& weight : mask->weights) weight = 1;
  face.mask = mask;
  return face;
}

/// Frames of two faces, one to a group; the fourth begins a shot.
std::vector<FrameGroup> film() {
  std::vector<FrameGroup> groups;
  for (int frame = 0; frame < kFrames; ++frame) {
    FrameGroup& group = groups.emplace_back();
    group.jobs.emplace_back().index = frame;
    FaceWork& work = group.jobs[0].work.make<FaceWork>();
    work.time_seconds = frame * kFrameSeconds;
    work.starts_shot = frame == 3;
    work.faces = {face_of(frame, frame < 3 ? 1 : 3), face_of(frame, frame < 3 ? 2 : 4)};
  }
  return groups;
}

std::vector<std::vector<float>> restored_in(const std::vector<FrameGroup>& groups) {
  std::vector<std::vector<float>> pictures;
  for (const FrameGroup& group : groups) {
    for (const FaceJob& face : group.jobs[0].work.get<FaceWork>()->faces) pictures.push_back(face.restored.samples);
  }
  return pictures;
}

/// Face by face, one after the other.
std::vector<std::vector<float>> blended_in_turn() {
  std::vector<FrameGroup> groups = film();
  TemporalBlender blender;
  for (FrameGroup& group : groups) {
    FaceWork& work = *group.jobs[0].work.get<FaceWork>();
    if (work.starts_shot) blender.reset();
    for (FaceJob& face : work.faces) {
      match_colour(face.restored, face.crop->view(), *face.mask);
      face.restored = blender.blend(face.track.piece_id, work.time_seconds, face.crop, std::move(face.restored),
                                    nullptr, face.mask.get());
    }
  }
  return restored_in(groups);
}

TEST(BlendStages, OnlyRecallingNeedsOrder) {
  Line line;
  add_blending(line, {});
  ASSERT_EQ(line.steps().size(), 3U);
  std::vector<FrameGroup> groups = film();
  const auto step = [&](std::size_t place) -> const Stage& { return std::get<Stage>(line.steps()[place]); };
  EXPECT_EQ(step(0).concurrency, Concurrency::kParallel);
  EXPECT_EQ(step(1).concurrency, Concurrency::kSerial);
  EXPECT_EQ(step(2).concurrency, Concurrency::kParallel);
  for (std::size_t place = groups.size(); place-- > 0;) step(0).run(groups[place]);
  for (FrameGroup& group : groups) step(1).run(group);
  for (std::size_t place = groups.size(); place-- > 0;) step(2).run(groups[place]);
  const auto expected = blended_in_turn();
  EXPECT_EQ(restored_in(groups), expected);
  EXPECT_NE(restored_in(film()), expected) << "something was blended";
  for (const FrameGroup& group : groups)
    EXPECT_FALSE(group.jobs[0].work.get<FaceWork>()->faces[0].blending) << "nothing is kept longer than it must";
}

TEST(BlendStages, WhatIsNotWantedIsNoStep) {
  const auto names = [](const BlendOptions& options) {
    Line line;
    add_blending(line, options);
    std::vector<std::string> list;
    for (const Step& step : line.steps()) list.push_back(name_of(step));
    return list;
  };
  EXPECT_EQ(names({true, true}), (std::vector<std::string>{"match", "recall", "blend"}));
  EXPECT_EQ(names({true, false}), (std::vector<std::string>{"match", "recall", "blend"}));
  EXPECT_EQ(names({false, true}), (std::vector<std::string>{"match", "recall"}));
  EXPECT_EQ(names({false, false}), (std::vector<std::string>{"recall"}));
}

TEST(BlendStages, FacesThatWereNotRestoredAreLeftOut) {
  Line line;
  add_blending(line, {});
  std::vector<FrameGroup> groups = film();
  FaceJob& left_alone = groups[1].jobs[0].work.get<FaceWork>()->faces[0];
  left_alone.restored = {};
  for (FrameGroup& group : groups) {
    for (const Step& step : line.steps()) std::get<Stage>(step).run(group);
  }
  EXPECT_TRUE(left_alone.restored.samples.empty());
  EXPECT_FALSE(left_alone.blending);
  EXPECT_EQ(restored_in(groups)[1], blended_in_turn()[1]) << "others are none the worse for it";
}

}  // namespace
}  // namespace reelface
