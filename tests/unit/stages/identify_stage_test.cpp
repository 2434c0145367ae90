// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/identify_stage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "reelface/faces/similarity.h"
#include "reelface/restore/face_work.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

constexpr Rational kTimeBase{1, 25};

/// Knows people by their brightness.
class BrightnessDescriptor : public FaceDescriptor {
 public:
  int crop_size() const override { return 150; }
  std::vector<FaceDescription> describe(const std::vector<RgbViewF>& crops) const override {
    std::vector<FaceDescription> descriptions;
    for (const RgbViewF& crop : crops) {
      ++described;
      descriptions.push_back(brightness(testing::sample_at(crop, 75, 75)));
    }
    return descriptions;
  }
  static FaceDescription brightness(float value) {
    FaceDescription description{};
    description[0] = value;
    return description;
  }
  mutable int described = 0;
};

/// A grey frame of 512 pixels, as bright as the face that fills it. The other faces stand elsewhere in brightness only.
FrameGroupPtr group_of(std::int64_t pts, int level, std::int64_t piece, std::size_t frames = 1) {
  auto group = std::make_shared<FrameGroup>();
  for (std::size_t index = 0; index < frames; ++index) {
    FrameFacts facts;
    facts.width = facts.height = 512;
    facts.layout = pixel_layout("rgb24");
    facts.pts = pts + static_cast<std::int64_t>(index);
    facts.time_base = kTimeBase;
    FrameJob job;
    job.frame = allocate_frame(facts);
    const Plane plane = job.frame->plane(0);
    std::fill(plane.data, plane.data + plane.stride * plane.height, static_cast<std::uint8_t>(level));
    FaceWork& work = job.work.make<FaceWork>();
    work.time_seconds = seconds(facts.pts, kTimeBase);
    FaceJob face;
    face.track.track_id = face.track.piece_id = piece;
    face.track.size_px = 200;
    face.track.confidence = 0.9;
    face.track.alignment.template_points = alignment_template(512);
    work.faces.push_back(face);
    group->jobs.push_back(std::move(job));
  }
  return group;
}

class IdentifyStage : public ::testing::Test {
 protected:
  /// Somebody of brightness 1 is wanted.
  void start(double look_ahead = 0.2) {
    RgbImageF bright(150, 150);
    std::fill(bright.samples.begin(), bright.samples.end(), 1.0F);
    IdentifyOptions options;
    options.references.emplace_back(std::move(bright), std::make_shared<BrightnessDescriptor>());
    options.distance = 0.3;
    options.look_ahead_seconds = look_ahead;
    stage_ = make_identify_stage(descriptor_, std::move(options), 25, 1);
  }

  void take(const FrameGroupPtr& group) {
    ++held_;
    EXPECT_LE(held_, stage_.needs.groups_held + 1);
    keep(stage_.stage->take(group));
  }
  void flush() { keep(stage_.stage->flush()); }

  std::vector<double> selections() const {
    std::vector<double> values;
    for (const FrameGroupPtr& group : released_) {
      for (const FrameJob& job : group->jobs) values.push_back(job.work.get<FaceWork>()->faces[0].track.selection);
    }
    return values;
  }

  std::shared_ptr<BrightnessDescriptor> descriptor_ = std::make_shared<BrightnessDescriptor>();
  LookAhead stage_;
  std::vector<FrameGroupPtr> released_;
  std::size_t held_ = 0;

 private:
  void keep(const std::vector<FrameGroupPtr>& groups) {
    held_ -= groups.size();
    released_.insert(released_.end(), groups.begin(), groups.end());
  }
};

TEST_F(IdentifyStage, SelectsWhoIsWantedAndNobodyElse) {
  start();
  for (int frame = 0; frame < 20; ++frame) take(group_of(frame, frame < 10 ? 250 : 90, frame < 10 ? 1 : 2));
  flush();
  const auto chosen = selections();
  ASSERT_EQ(chosen.size(), 20u);
  for (int frame = 0; frame < 20; ++frame) EXPECT_EQ(chosen[frame], frame < 10 ? 1 : 0) << frame;
}

TEST_F(IdentifyStage, APieceIsSettledOnceWhateverComesLater) {
  start();
  for (int frame = 0; frame < 60; ++frame) take(group_of(frame, frame < 30 ? 250 : 20, 1));
  flush();
  const auto chosen = selections();
  EXPECT_EQ(std::count(chosen.begin(), chosen.end(), 1), 60);
  EXPECT_LE(descriptor_->described, 4) << "three views and their mean are enough";
}

TEST_F(IdentifyStage, HoldsBackNoLongerThanTheLookAhead) {
  start(0.2);
  for (int frame = 0; frame < 10; ++frame) take(group_of(frame, 250, 1));
  EXPECT_EQ(released_.size(), 5u);  // frames 0..4 have seen 0.2 s, five frames, behind them
  FrameGroupPtr only_packets = std::make_shared<FrameGroup>();
  only_packets->jobs.emplace_back();
  take(only_packets);
  EXPECT_EQ(held_, 0u) << "a pause lets go of everything";
}

TEST_F(IdentifyStage, GroupsOfManyFramesComeOutOnceAndInOrder) {
  start(0.5);
  for (int group = 0; group < 12; ++group) {
    const FrameGroupPtr made = group_of(std::int64_t{8} * group, 250, 1, 8);
    made->sequence = static_cast<std::size_t>(group);
    for (const FrameGroupPtr& ready : stage_.stage->take(made)) released_.push_back(ready);
  }
  for (const FrameGroupPtr& ready : stage_.stage->flush()) released_.push_back(ready);
  ASSERT_EQ(released_.size(), 12u);
  for (std::size_t group = 0; group < 12; ++group) EXPECT_EQ(released_[group]->sequence, group);
}

}  // namespace
}  // namespace reelface
