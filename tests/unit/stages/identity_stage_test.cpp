// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/identity_stage.h"

#include <gtest/gtest.h>

#include <tuple>

#include <algorithm>
#include <cmath>
#include <limits>

#include "people/identity_guard.h"
#include "pipeline/stages/blend_stage.h"
#include "pipeline/stages/gather_stage.h"
#include "reelface/faces/similarity.h"
#include "reelface/restore/face_work.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

constexpr double kFrameSeconds = 0.04;

/// Knows people by their brightness: black and white are strangers.
class BrightnessDescriptor : public FaceDescriptor {
 public:
  int crop_size() const override { return 150; }
  std::vector<FaceDescription> describe(const std::vector<RgbViewF>& crops) const override {
    std::vector<FaceDescription> descriptions(crops.size());
    for (std::size_t index = 0; index < crops.size(); ++index) {
      descriptions[index] = {};
      descriptions[index][0] = 2 * testing::sample_at(crops[index], 75, 75);
      ++described;
    }
    return descriptions;
  }
  mutable int described = 0;
};

SharedCrop flat_crop(float value) {
  auto crop = std::make_shared<RgbImageF>(64, 64);
  std::fill(crop->samples.begin(), crop->samples.end(), value);
  return crop;
}

class NoStorage : public FrameStorage {
 public:
  Plane plane(int) const override { return {}; }
  void make_writable() override {}
  std::unique_ptr<FrameStorage> share() const override { return std::make_unique<NoStorage>(); }
};

FrameGroupPtr frame_at(int index) {
  auto group = std::make_shared<FrameGroup>();
  group->sequence = static_cast<std::size_t>(index);
  FrameJob job;
  job.index = index;
  job.frame.emplace(FrameFacts{}, std::make_unique<NoStorage>());
  FaceWork& work = job.work.make<FaceWork>();
  work.time_seconds = index * kFrameSeconds;
  FaceJob face;
  face.track.track_id = face.track.piece_id = 1;
  face.track.size_px = 100;
  face.track.confidence = 0.95;
  face.track.alignment.template_points = alignment_template(512);
  face.crop = flat_crop(0.2F);
  work.faces.push_back(std::move(face));
  group->jobs.push_back(std::move(job));
  return group;
}

/// What a restorer would do that gives back this brightness, in every frame.
std::vector<StrengthFactors> strengths_with(const std::function<float(int)>& restored, int frames,
                                            const std::shared_ptr<BrightnessDescriptor>& descriptor) {
  const LookAhead gather = make_gather_stage(1, 1, StrengthOptions{}, true);
  const Stage plain{"restore", Concurrency::kParallel, [&](FrameGroup& group) {
                      for (FrameJob& job : group.jobs) {
                        job.work.get<FaceWork>()->faces[0].restored = *flat_crop(restored(static_cast<int>(job.index)));
                      }
                    }};
  const Stage restore = with_identity_measured(plain, descriptor, 0.2);
  EXPECT_EQ(restore.concurrency, Concurrency::kParallel);
  const Stage recall = make_recall_stage({false, false});
  std::vector<StrengthFactors> strengths;
  for (int index = 0; index < frames; ++index) {
    for (const FrameGroupPtr& group : gather.stage->take(frame_at(index))) {
      restore.run(*group);
      recall.run(*group);
      strengths.push_back(group->jobs[0].work.get<FaceWork>()->faces[0].strength);
    }
  }
  return strengths;
}

TEST(IdentityStage, AModelThatSwapsPeopleIsNotUsed) {
  const auto descriptor = std::make_shared<BrightnessDescriptor>();
  const auto strengths = strengths_with([](int) { return 0.9F; }, 60, descriptor);
  ASSERT_EQ(strengths.size(), 60u);
  for (const StrengthFactors& strength : strengths) {
    EXPECT_EQ(strength.identity, 0);
    EXPECT_EQ(strength.total(), 0);
    EXPECT_EQ(strength.main_reason(), "identity");
  }
}

TEST(IdentityStage, AModelThatBeginsToSwapPeopleFadesAway) {
  const auto descriptor = std::make_shared<BrightnessDescriptor>();
  const auto strengths = strengths_with([](int frame) { return frame < 20 ? 0.21F : 0.9F; }, 100, descriptor);
  EXPECT_EQ(strengths[0].identity, 1);
  for (std::size_t frame = 1; frame < strengths.size(); ++frame) {
    EXPECT_LE(std::abs(strengths[frame].identity - strengths[frame - 1].identity),
              kFrameSeconds / IdentityGuard::kFadeSeconds + 1e-9);
  }
  const double latest = IdentitySchedule::kStretchSeconds + IdentityGuard::kFadeSeconds;  // after the change
  EXPECT_EQ(strengths[20 + static_cast<std::size_t>(latest / kFrameSeconds) + 1].identity, 0);
}

TEST(IdentityStage, WhoStaysHimselfIsRestoredWhollyAndSeldomLookedAt) {
  const auto descriptor = std::make_shared<BrightnessDescriptor>();
  for (const StrengthFactors& strength : strengths_with([](int) { return 0.22F; }, 250, descriptor)) {
    EXPECT_EQ(strength.identity, 1);
  }
  EXPECT_LE(descriptor->described, 2 * (250 * kFrameSeconds / IdentitySchedule::kStretchSeconds + 2));
  EXPECT_GE(descriptor->described, 2 * 7);
}

TEST(IdentityStage, WhereNobodyCanBeDescribedThereIsNoFace) {
  const float infinity = std::numeric_limits<float>::infinity();
  const auto measured = [](float before, float after) {
    const FrameGroupPtr group = frame_at(0);
    FaceJob& face = group->jobs[0].work.get<FaceWork>()->faces[0];
    face.identity_is_due = true;
    face.crop = flat_crop(before);
    face.restored = *flat_crop(after);
    with_identity_measured({"restore", Concurrency::kParallel, [](FrameGroup&) {}},
                           std::make_shared<BrightnessDescriptor>(), 0.2)
        .run(*group);
    return face;
  };
  const FaceJob described = measured(0.2F, 0.2F);
  EXPECT_TRUE(described.identity);
  EXPECT_FALSE(described.failed);
  // The descriptor here doubles, so this is a picture of which it makes infinities.
  const FaceJob lost = measured(0.2F, std::numeric_limits<float>::max());
  EXPECT_TRUE(lost.failed);
  EXPECT_TRUE(lost.restored.samples.empty()) << "and is not pasted";
  EXPECT_FALSE(lost.identity);
  const FaceJob without_witness = measured(infinity, 0.2F);
  EXPECT_FALSE(without_witness.failed);
  EXPECT_FALSE(without_witness.identity);
}

TEST(IdentityStage, NoiseIsNoWitness) {
  // Film grain describes as somebody else, and the better the face is restored the more so.
  for (const auto& [noise, least, most] : {std::tuple{2.0, 0.0, 0.0}, {3.5, 0.49, 0.51}, {6.0, 1.0, 1.0}}) {
    const FrameGroupPtr group = frame_at(0);
    FaceJob& face = group->jobs[0].work.get<FaceWork>()->faces[0];
    face.identity_is_due = true;
    face.quality.noise_levels = noise;
    face.restored = *flat_crop(0.9F);
    with_identity_measured({"restore", Concurrency::kParallel, [](FrameGroup&) {}},
                           std::make_shared<BrightnessDescriptor>(), 0.2)
        .run(*group);
    ASSERT_TRUE(face.identity) << noise;
    EXPECT_GE(face.identity->strength, least) << noise;
    EXPECT_LE(face.identity->strength, most) << noise;
  }
}

}  // namespace
}  // namespace reelface
