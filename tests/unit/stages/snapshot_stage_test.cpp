// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/snapshot_stage.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <opencv2/imgcodecs.hpp>
#include <string>
#include <vector>

#include "support/frames.h"
#include "support/generated_media.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

using testing::frame_facts;
using testing::noise_frame;

FrameGroup group_of(int width, int height) {
  FrameGroup group;
  group.jobs.emplace_back();
  group.jobs.back().frame = noise_frame(frame_facts("yuv420p", width, height), 1);
  return group;
}

cv::Size size_of_picture(const std::string& path) {
  const std::string bytes = testing::file_bytes(path);
  return cv::imdecode(std::vector<unsigned char>(bytes.begin(), bytes.end()), cv::IMREAD_COLOR).size();
}

TEST(SnapshotStage, KeepsTheFirstFrameAtOnceAndSmall) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.file("new.jpg");
  const Stage stage = make_snapshot_stage(path);
  FrameGroup group = group_of(1920, 1080);
  const auto before = testing::all_codes(*group.jobs.front().frame);
  stage.run(group);
  EXPECT_EQ(size_of_picture(path), cv::Size(960, 540));
  EXPECT_EQ(testing::all_codes(*group.jobs.front().frame), before);
}

TEST(SnapshotStage, WritesSeldom) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.file("new.jpg");
  const Stage stage = make_snapshot_stage(path);
  FrameGroup first = group_of(64, 48), second = group_of(48, 64), none;
  stage.run(none);
  EXPECT_FALSE(std::filesystem::exists(path));
  stage.run(first);
  stage.run(second);  // at once
  EXPECT_EQ(size_of_picture(path), cv::Size(64, 48));
}

TEST(SnapshotStage, TheNewestTakesThePlaceOfTheOneBefore) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.file("new.jpg");
  const Stage stage = make_snapshot_stage(path, std::chrono::seconds(0));
  FrameGroup first = group_of(64, 48), second = group_of(48, 64);
  stage.run(first);
  stage.run(second);
  EXPECT_EQ(size_of_picture(path), cv::Size(48, 64));
}

TEST(SnapshotStage, AFolderThatIsGoneEndsNoFilm) {
  const testing::TemporaryFolder folder;
  const Stage stage = make_snapshot_stage(folder.file("none/new.jpg"));
  FrameGroup group = group_of(64, 48);
  EXPECT_NO_THROW(stage.run(group));
  EXPECT_NO_THROW(stage.run(group));
}

}  // namespace
}  // namespace reelface
