// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/restore_stage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

/// Adds a constant to every sample; gives not-a-number where the crop is brighter than 0.9.
class AddingEnhancer : public FaceEnhancer {
 public:
  AddingEnhancer(int window_length, float amount) : window_length_(window_length), amount_(amount) {}
  int crop_size() const override { return 8; }
  ModelTraits traits() const override { return {window_length_}; }
  std::vector<RgbImageF> enhance(const std::vector<CropWindow>& windows) override {
    std::vector<RgbImageF> results;
    for (const CropWindow& window : windows) {
      EXPECT_EQ(window.size(), static_cast<std::size_t>(window_length_));
      const RgbViewF& middle = window[window.size() / 2];
      RgbImageF result(middle.width, middle.height);
      for (std::size_t index = 0; index < result.samples.size(); ++index) {
        const float sample = middle.samples[index];
        result.samples[index] = sample > 0.9F ? std::numeric_limits<float>::quiet_NaN() : sample + amount_;
      }
      results.push_back(std::move(result));
    }
    return results;
  }

 private:
  int window_length_;
  float amount_;
};

/// Gives the same everywhere, whatever it is given.
class FlatEnhancer : public FaceEnhancer {
 public:
  explicit FlatEnhancer(float value) : value_(value) {}
  int crop_size() const override { return 8; }
  ModelTraits traits() const override { return {}; }
  std::vector<RgbImageF> enhance(const std::vector<CropWindow>& windows) override {
    RgbImageF picture(8, 8);
    std::fill(picture.samples.begin(), picture.samples.end(), value_);
    return std::vector<RgbImageF>(windows.size(), picture);
  }

 private:
  float value_;
};

/// Looks at five crops, and remembers what they were like.
class SeeingEnhancer : public FaceEnhancer {
 public:
  int crop_size() const override { return 8; }
  ModelTraits traits() const override { return {5}; }
  std::vector<RgbImageF> enhance(const std::vector<CropWindow>& windows) override {
    for (const RgbViewF& crop : windows.at(0)) seen.push_back(crop.samples[0]);
    return {RgbImageF(8, 8)};
  }

  std::vector<float> seen;
};

SharedCrop flat_crop(float value) {
  auto crop = std::make_shared<RgbImageF>(8, 8);
  std::fill(crop->samples.begin(), crop->samples.end(), value);
  return crop;
}

/// A group of one frame with these faces, each in a still window of five.
FrameGroup group_of(const std::vector<FaceJob>& faces) {
  FrameGroup group;
  group.jobs.emplace_back();
  group.jobs[0].work.make<FaceWork>().faces = faces;
  return group;
}

FaceJob face_of(float value, double noise_levels = 0) {
  FaceJob face;
  face.crop = flat_crop(value);
  face.window.assign(5, face.crop);
  face.steps.assign(5, nullptr);
  face.quality.noise_levels = noise_levels;
  return face;
}

RestoreStageOptions models(int window_length, float amount) {
  RestoreStageOptions options;
  options.restorers.push_back(std::make_shared<AddingEnhancer>(window_length, amount));
  return options;
}

float restored_value(const FrameGroup& group, std::size_t face) {
  return group.jobs[0].work.get<FaceWork>()->faces[face].restored.samples.at(0);
}

TEST(RestoreStage, RestoresEveryFaceOfTheGroup) {
  FrameGroup group = group_of({face_of(0.2F), face_of(0.4F)});
  make_restore_stage(models(5, 0.1F)).run(group);
  EXPECT_FLOAT_EQ(restored_value(group, 0), 0.3F);
  EXPECT_FLOAT_EQ(restored_value(group, 1), 0.5F);
}

TEST(RestoreStage, LeavesFacesAloneThatWouldNotBePasted) {
  FaceJob face = face_of(0.2F);
  face.strength.user = 0;
  FrameGroup group = group_of({face});
  make_restore_stage(models(5, 0.1F)).run(group);
  EXPECT_TRUE(group.jobs[0].work.get<FaceWork>()->faces[0].restored.samples.empty());
}

TEST(RestoreStage, AFaceThatCannotBeRestoredIsPassedOnAndCounted) {
  FrameGroup group = group_of({face_of(0.95F), face_of(0.2F)});
  make_restore_stage(models(1, 0.1F)).run(group);
  EXPECT_TRUE(group.jobs[0].work.get<FaceWork>()->faces[0].failed);
  EXPECT_TRUE(group.jobs[0].work.get<FaceWork>()->faces[0].restored.samples.empty());
  EXPECT_FALSE(group.jobs[0].work.get<FaceWork>()->faces[1].failed);
  EXPECT_FLOAT_EQ(restored_value(group, 1), 0.3F);
}

TEST(RestoreStage, NothingInfiniteIsAPicture) {
  const float infinity = std::numeric_limits<float>::infinity();
  for (const float wrong : {infinity, -infinity, std::numeric_limits<float>::quiet_NaN()}) {
    RestoreStageOptions options;
    options.restorers.push_back(std::make_shared<FlatEnhancer>(wrong));
    FrameGroup group = group_of({face_of(0.2F)});
    make_restore_stage(options).run(group);
    EXPECT_TRUE(group.jobs[0].work.get<FaceWork>()->faces[0].failed) << wrong;
    EXPECT_TRUE(group.jobs[0].work.get<FaceWork>()->faces[0].restored.samples.empty()) << wrong;
  }
}

TEST(RestoreStage, WithoutACleanedPictureTheCropIsRestoredAsItIs) {
  RestoreStageOptions options = models(1, 0.1F);
  options.cleaners.push_back(std::make_shared<FlatEnhancer>(std::numeric_limits<float>::infinity()));
  options.clean_always = true;
  FrameGroup group = group_of({face_of(0.2F)});
  make_restore_stage(options).run(group);
  EXPECT_FLOAT_EQ(restored_value(group, 0), 0.3F);
}

TEST(RestoreStage, OneFrameModelsGetNoisyCropsCleanedInProportion) {
  RestoreStageOptions options = models(1, 0.1F);
  options.cleaners.push_back(std::make_shared<AddingEnhancer>(5, 0.2F));
  EXPECT_EQ(gathered_window_length(options), 5);
  FrameGroup group = group_of({face_of(0.2F, 0), face_of(0.2F, 4.5), face_of(0.2F, 20)});
  make_restore_stage(options).run(group);
  EXPECT_FLOAT_EQ(restored_value(group, 0), 0.3F);
  EXPECT_FLOAT_EQ(restored_value(group, 1), 0.4F);
  EXPECT_FLOAT_EQ(restored_value(group, 2), 0.5F);
}

TEST(RestoreStage, CleaningCanBeAskedForAlways) {
  RestoreStageOptions options = models(1, 0.1F);
  options.cleaners.push_back(std::make_shared<AddingEnhancer>(5, 0.2F));
  options.clean_always = true;
  FrameGroup group = group_of({face_of(0.2F, 0)});
  make_restore_stage(options).run(group);
  EXPECT_FLOAT_EQ(restored_value(group, 0), 0.5F);
}

TEST(RestoreStage, WindowsAreCutOrTheirEndsRepeatedToWhatTheModelLooksAt) {
  for (std::size_t length : {1, 3, 5, 7}) {
    FaceJob face = face_of(0.5F);
    face.window.clear();
    for (std::size_t place = 0; place < length; ++place)
      face.window.push_back(flat_crop(0.1F * static_cast<float>(place)));
    face.steps.assign(length, nullptr);
    face.crop = face.window[length / 2];
    const auto model = std::make_shared<SeeingEnhancer>();
    RestoreStageOptions options;
    options.restorers.push_back(model);
    FrameGroup group = group_of({face});
    make_restore_stage(options).run(group);
    const auto middle = static_cast<int>(length / 2), last = static_cast<int>(length) - 1;
    ASSERT_EQ(model->seen.size(), 5u);
    for (int place = 0; place < 5; ++place)
      EXPECT_FLOAT_EQ(model->seen[place], 0.1F * static_cast<float>(std::clamp(middle - 2 + place, 0, last))) << length;
  }
}

/// Has moved on to another device.
class FallenEnhancer : public AddingEnhancer {
 public:
  FallenEnhancer(int window_length, std::string to) : AddingEnhancer(window_length, 0.1F), to_(std::move(to)) {}
  std::string fallback() const override { return to_; }

 private:
  std::string to_;
};

TEST(RestoreStage, SaysWhereAnotherDeviceHasRestored) {
  for (const bool is_cleaner : {false, true}) {
    RestoreStageOptions options;
    options.restorers.push_back(std::make_shared<FallenEnhancer>(1, is_cleaner ? "" : "fp32 on cpu"));
    if (is_cleaner) options.cleaners.push_back(std::make_shared<FallenEnhancer>(5, "fp32 on cpu"));
    options.clean_always = true;
    FrameGroup group = group_of({face_of(0.2F)});
    make_restore_stage(options).run(group);
    EXPECT_EQ(group.jobs[0].work.get<FaceWork>()->fallback, "fp32 on cpu");
  }
  FrameGroup group = group_of({face_of(0.2F)});
  make_restore_stage(models(5, 0.1F)).run(group);
  EXPECT_EQ(group.jobs[0].work.get<FaceWork>()->fallback, "");
}

TEST(RestoreStage, GroupsWithoutFacesCostNothing) {
  FrameGroup group;
  group.jobs.emplace_back();
  make_restore_stage(models(5, 0.1F)).run(group);
  EXPECT_FALSE(group.jobs[0].work.get<FaceWork>());
}

}  // namespace
}  // namespace reelface
