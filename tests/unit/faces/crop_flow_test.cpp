#include "reelface/faces/crop_flow.h"

#include <gtest/gtest.h>

#include "reelface/core/error.h"
#include "unit/faces/moving_crop.h"

namespace reelface {
namespace {

using namespace reelface::testing;  // NOLINT: helpers of this test

std::vector<std::optional<RgbImageF>> moved(const std::vector<cv::Mat>& crops) {
  std::vector<RgbViewF> window;
  for (const cv::Mat& crop : crops) window.push_back(view_of(crop));
  return moved_onto_middle(window);
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
  for (int frame = 0; frame < 5; ++frame) crops.push_back(face + noise(256, 0.03, frame));
  for (const auto& neighbour : moved(crops)) EXPECT_FALSE(neighbour);
}

TEST(CropFlow, RepeatedEdgesOfAFilmAndShortWindowsAreFine) {
  const cv::Mat face = soft_texture(3, 256, 2.5), next = moved_by_path(face, 4, 6);
  const RgbViewF here = view_of(face);
  const auto result = moved_onto_middle({here, here, here, view_of(next), view_of(next)});
  EXPECT_FALSE(result[0]);
  EXPECT_TRUE(result[3]);
  EXPECT_EQ(moved_onto_middle({here}).size(), 1U);
  EXPECT_TRUE(moved_onto_middle({}).empty());
}

TEST(CropFlow, LargeCropsAreMovedToo) {
  const cv::Mat face = soft_texture(3, 512, 5);
  const std::vector<cv::Mat> crops = {moved_by_path(face, 3, 10), face, moved_by_path(face, 5, 10)};
  const auto result = moved(crops);
  ASSERT_TRUE(result[0]);
  EXPECT_EQ(result[0]->width, 512);
  EXPECT_LT(rms_inside(matrix_of(*result[0]), face), 0.4 * rms_inside(crops[0], face));
}

TEST(CropFlow, RefusesMixedSizes) {
  const cv::Mat large = soft_texture(1, 64, 3), small = soft_texture(1, 32, 3),
                wide = large(cv::Rect(0, 0, 64, 32)).clone();
  EXPECT_THROW(moved({small, large, large}), Error);
  EXPECT_THROW(moved({wide, wide, wide}), Error);
}

}  // namespace
}  // namespace reelface
