// SPDX-License-Identifier: Apache-2.0
#include "motion/crop_flow.h"

#include <gtest/gtest.h>

#include "motion/picture_motion.h"
#include "reelface/core/error.h"
#include "unit/motion/moving_crop.h"

namespace reelface {
namespace {

using namespace reelface::testing;  // NOLINT: helpers of this test

CropStep::Crop crop_of(const cv::Mat& picture) {
  auto crop = std::make_shared<RgbImageF>(picture.cols, picture.rows);
  picture.copyTo(cv::Mat(picture.rows, picture.cols, CV_32FC3, crop->samples.data()));
  return crop;
}

std::vector<SharedStep> steps_between(const std::vector<cv::Mat>& crops) {
  std::vector<SharedStep> steps(crops.size());
  const std::size_t middle = crops.size() / 2;
  for (std::size_t index = 0; index < crops.size(); ++index) {
    if (crops[index].data == crops[middle].data) continue;
    const CropStep::Crop here = crop_of(crops[middle]), there = crop_of(crops[index]);
    steps[index] =
        index < middle ? std::make_shared<CropStep>(there, here, 0.0) : std::make_shared<CropStep>(here, there, 0.0);
  }
  return steps;
}

std::vector<std::optional<RgbImageF>> moved(const std::vector<cv::Mat>& crops) {
  std::vector<RgbViewF> window;
  window.reserve(crops.size());
  for (const cv::Mat& crop : crops) window.push_back(view_of(crop));
  return moved_onto_middle(window, steps_between(crops));
}

TEST(CropFlow, BringsNeighboursOntoTheMiddle) {
  const cv::Mat face = soft_texture(3, 256, 2.5);
  for (double motion : {4.0, 12.0}) {
    std::vector<cv::Mat> crops;
    for (int frame = 10; frame < 15; ++frame)
      crops.push_back(moved_by_path(face, frame, motion) + noise(256, 0.003, frame));
    const auto result = moved(crops);
    ASSERT_EQ(result.size(), 5U);
    EXPECT_FALSE(result[2]);
    for (std::size_t index : {0U, 1U, 3U, 4U}) {
      ASSERT_TRUE(result[index]) << index;
      EXPECT_LT(rms_inside(matrix_of(*result[index]), crops[2]), 0.4 * rms_inside(crops[index], crops[2])) << index;
    }
  }
}

TEST(CropFlow, LeavesAStillPictureAlone) {
  const cv::Mat face = soft_texture(3, 256, 2.5);
  for (const auto& neighbour : moved({face.clone(), face.clone(), face, face.clone(), face.clone()}))
    EXPECT_FALSE(neighbour);
}

TEST(CropFlow, GrainIsNoMotion) {
  const cv::Mat face = soft_texture(3, 256, 2.5);
  std::vector<cv::Mat> crops;
  crops.reserve(5);
  for (int frame = 0; frame < 5; ++frame) crops.push_back(face + noise(256, 0.03, frame));
  for (const auto& neighbour : moved(crops)) EXPECT_FALSE(neighbour);
}

TEST(CropFlow, RepeatedEdgesOfAFilmAndShortWindowsAreFine) {
  const cv::Mat face = soft_texture(3, 256, 2.5), next = moved_by_path(face, 4, 6);
  const auto result = moved({face, face, face, next, next});
  EXPECT_FALSE(result[0]);
  EXPECT_TRUE(result[3]);
  EXPECT_TRUE(result[4]);
  EXPECT_EQ(moved({face}).size(), 1U);
  EXPECT_TRUE(moved_onto_middle({}, {}).empty());
}

TEST(CropFlow, LargeCropsAreMovedToo) {
  const cv::Mat face = soft_texture(3, 512, 5);
  const std::vector<cv::Mat> crops = {moved_by_path(face, 3, 10), face, moved_by_path(face, 5, 10)};
  const auto result = moved(crops);
  ASSERT_TRUE(result[0]);
  EXPECT_EQ(result[0]->width, 512);
  EXPECT_LT(rms_inside(matrix_of(*result[0]), face), 0.4 * rms_inside(crops[0], face));
}

TEST(CropFlow, AStepIsTheSameWhoeverAsks) {
  const cv::Mat face = soft_texture(3, 256, 2.5), next = moved_by_path(face, 4, 6);
  const CropStep first(crop_of(face), crop_of(next), 0.0), second(crop_of(face), crop_of(next), 0.0);
  EXPECT_EQ(&first.motion(), &first.motion());
  EXPECT_TRUE(equal_bits(first.motion().to_earlier, second.motion().to_earlier));
  EXPECT_TRUE(equal_bits(first.motion().to_later, second.motion().to_later));
}

TEST(CropFlow, StepsOfOtherSizesServeToo) {
  // A large crop cleaned at the size of a small network: the steps are those of the large one.
  const cv::Mat face = soft_texture(3, 512, 5);
  const std::vector<cv::Mat> large = {moved_by_path(face, 3, 10), face, moved_by_path(face, 5, 10)};
  std::vector<cv::Mat> small(3);
  std::vector<RgbViewF> window;
  for (std::size_t index = 0; index < 3; ++index) {
    cv::resize(large[index], small[index], {256, 256}, 0, 0, cv::INTER_AREA);
    window.push_back(view_of(small[index]));
  }
  const auto result = moved_onto_middle(window, steps_between(large));
  ASSERT_TRUE(result[0]);
  EXPECT_LT(rms_inside(matrix_of(*result[0]), small[1]), 0.4 * rms_inside(small[0], small[1]));
}

TEST(CropFlow, RefusesMixedSizesAndMissingSteps) {
  const cv::Mat large = soft_texture(1, 64, 3), small = soft_texture(1, 32, 3),
                wide = large(cv::Rect(0, 0, 64, 32)).clone();
  EXPECT_THROW(moved({small, large, large}), Error);
  EXPECT_THROW(moved({wide, wide, wide}), Error);
  EXPECT_THROW(moved_onto_middle({view_of(large), view_of(large)}, {}), Error);
}

}  // namespace
}  // namespace reelface
