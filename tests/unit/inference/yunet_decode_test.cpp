// SPDX-License-Identifier: Apache-2.0
#include "inference/detector/yunet_decode.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace reelface {
namespace {

YunetGrid empty_grid(int stride, int columns, int rows) {
  YunetGrid grid{stride, columns, rows, {}};
  const std::size_t cells = static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  grid.values.resize(cells * YunetGrid::kValues);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    grid.values[cell * YunetGrid::kValues] = -20;
  }
  return grid;
}

float* cell_of(YunetGrid& grid, int column, int row) {
  return grid.values.data() + static_cast<std::size_t>((row * grid.columns + column) * YunetGrid::kValues);
}

Face face_at(float x, float y, float side, float score) {
  Face face;
  face.box = {x, y, side, side};
  face.score = score;
  for (Point& point : face.points) point = {x + side / 2, y + side / 2};
  return face;
}

TEST(DecodeYunet, PutsACellsFaceWhereItBelongs) {
  YunetGrid grid = empty_grid(16, 5, 4);
  float* cell = cell_of(grid, 3, 2);
  cell[0] = 0;               // sigmoid 0.5
  cell[5] = std::log(9.0F);  // sigmoid 0.9
  cell[1] = 0.25F, cell[2] = -0.5F, cell[3] = std::log(2.0F), cell[4] = std::log(3.0F);
  cell[6 + 8] = 1.5F, cell[6 + 9] = -1.0F;  // the right mouth corner
  const std::vector<Face> faces = decode_yunet({empty_grid(8, 10, 8), grid}, 0.6F);
  ASSERT_EQ(faces.size(), 1U);
  EXPECT_NEAR(faces[0].score, std::sqrt(0.45F), 1e-6);
  EXPECT_NEAR(faces[0].box.width, 32, 1e-4);
  EXPECT_NEAR(faces[0].box.height, 48, 1e-4);
  EXPECT_NEAR(faces[0].box.x, 3.25 * 16 - 16, 1e-4);
  EXPECT_NEAR(faces[0].box.y, 1.5 * 16 - 24, 1e-4);
  EXPECT_NEAR(faces[0].points[4].x, 4.5 * 16, 1e-4);
  EXPECT_NEAR(faces[0].points[4].y, 1.0 * 16, 1e-4);
  EXPECT_TRUE(decode_yunet({grid}, 0.68F).empty()) << "below the threshold";
}

TEST(DecodeYunet, DropsWhatIsNoNumber) {
  YunetGrid grid = empty_grid(8, 2, 1);
  cell_of(grid, 0, 0)[0] = std::numeric_limits<float>::quiet_NaN();
  cell_of(grid, 0, 0)[5] = 20;
  cell_of(grid, 1, 0)[0] = 20, cell_of(grid, 1, 0)[5] = 20;
  cell_of(grid, 1, 0)[3] = 1000;  // as wide as exp(1000)
  EXPECT_TRUE(decode_yunet({grid}, 0.5F).empty());
}

TEST(DecodeYunet, InfinitelySureIsNotSureAtAll) {
  const float infinity = std::numeric_limits<float>::infinity();
  for (const int place : {0, 5, 1, 3, 15}) {
    for (const float wrong : {infinity, -infinity, std::numeric_limits<float>::quiet_NaN()}) {
      YunetGrid grid = empty_grid(8, 1, 1);
      cell_of(grid, 0, 0)[0] = cell_of(grid, 0, 0)[5] = 20;
      ASSERT_EQ(decode_yunet({grid}, 0.5F).size(), 1u);
      cell_of(grid, 0, 0)[place] = wrong;
      EXPECT_TRUE(decode_yunet({grid}, 0.5F).empty()) << place << " is " << wrong;
    }
  }
}

TEST(DecodeYunet, NoFaceIsLargerThanAnyPictureOrFarAway) {
  YunetGrid grid = empty_grid(8, 3, 1);
  for (int column = 0; column < 3; ++column) cell_of(grid, column, 0)[0] = cell_of(grid, column, 0)[5] = 20;
  cell_of(grid, 0, 0)[4] = 30;     // as high as exp(30)
  cell_of(grid, 1, 0)[6] = -1e9F;  // the left eye
  const std::vector<Face> faces = decode_yunet({grid}, 0.5F);
  ASSERT_EQ(faces.size(), 1u);
  EXPECT_FLOAT_EQ(faces[0].box.x, 2 * 8 - 4);
}

TEST(SuppressOverlapping, KeepsTheBestOfEachHeapAndAllThatStandApart) {
  const auto kept = suppress_overlapping(
      {face_at(0, 0, 10, 0.7F), face_at(1, 1, 10, 0.9F), face_at(100, 0, 10, 0.8F), face_at(8, 8, 10, 0.6F)}, 0.3F);
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_FLOAT_EQ(kept[0].score, 0.9F);
  EXPECT_FLOAT_EQ(kept[1].score, 0.8F);
  EXPECT_FLOAT_EQ(kept[2].score, 0.6F);
}

TEST(MergeSightings, WeighsEachByHowFarItIsAboveTheThreshold) {
  const auto merged =
      merge_sightings({{face_at(0, 0, 100, 0.9F)}, {face_at(3, 0, 100, 0.7F), face_at(500, 0, 50, 0.65F)}}, 0.6F, 0.4F);
  ASSERT_EQ(merged.size(), 2U);
  EXPECT_FLOAT_EQ(merged[0].score, 0.9F);
  EXPECT_NEAR(merged[0].box.x, 3 * 0.1 / 0.4, 1e-4);
  EXPECT_NEAR(merged[0].box.width, 100, 1e-4);
  EXPECT_NEAR(merged[1].box.x, 500, 1e-3);
}

TEST(MergeSightings, ASightingAtTheThresholdHardlyMovesTheFace) {
  const auto alone = merge_sightings({{face_at(0, 0, 100, 0.9F)}, {}}, 0.6F, 0.4F);
  const auto joined = merge_sightings({{face_at(0, 0, 100, 0.9F)}, {face_at(10, 0, 100, 0.6F)}}, 0.6F, 0.4F);
  EXPECT_NEAR(alone.at(0).points[2].x, joined.at(0).points[2].x, 0.01);
}

}  // namespace
}  // namespace reelface
