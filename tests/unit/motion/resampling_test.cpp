// SPDX-License-Identifier: Apache-2.0
#include "motion/resampling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "reelface/core/error.h"
#include "unit/motion/moving_crop.h"

namespace reelface {
namespace {

using namespace reelface::testing;  // NOLINT: helpers of this test

cv::Mat map_of(const cv::Mat& offsets) {
  cv::Mat map = offsets.clone();
  for (int row = 0; row < map.rows; ++row) {
    for (int column = 0; column < map.cols; ++column) {
      map.at<cv::Vec2f>(row, column) += cv::Vec2f(static_cast<float>(column), static_cast<float>(row));
    }
  }
  return map;
}

cv::Mat wild_offsets(int side) {
  cv::Mat offsets(side, side, CV_32FC2);
  cv::RNG(0x9E3779B97F4A7C15U).fill(offsets, cv::RNG::UNIFORM, -3, 3);
  return offsets;
}

TEST(CropResampling, AgreesWithAGeneralRemap) {
  const cv::Mat texture = soft_texture(5, 64, 2), offsets = wild_offsets(64);
  for (const int channels : {1, 2, 3}) {
    cv::Mat picture;
    cv::extractChannel(texture, picture, 0);
    cv::merge(std::vector<cv::Mat>(static_cast<std::size_t>(channels), picture), picture);
    for (const auto& [ours, theirs] :
         {std::pair(Resampling::kLinear, cv::INTER_LINEAR), std::pair(Resampling::kCubic, cv::INTER_CUBIC)}) {
      cv::Mat expected;
      cv::remap(picture, expected, map_of(offsets), cv::noArray(), theirs, cv::BORDER_REPLICATE);
      // OpenCV rounds places to a 32nd of a pixel, and fetches from beyond the edge instead of stopping there.
      const cv::Rect inside(4, 4, 56, 56);
      EXPECT_LT(cv::norm(read_at_offsets(picture, offsets, ours)(inside), expected(inside), cv::NORM_INF), 0.01)
          << channels;
    }
  }
}

TEST(CropResampling, SomeColumnsAreReadAsInTheWholeRowAndOthersLeftAlone) {
  constexpr float kUntouched = -7;
  const cv::Mat texture = soft_texture(5, 64, 2), offsets = wild_offsets(64);
  for (const std::ptrdiff_t channels : {1, 2, 3}) {
    cv::Mat picture;
    cv::extractChannel(texture, picture, 0);
    cv::merge(std::vector<cv::Mat>(static_cast<std::size_t>(channels), picture), picture);
    for (const auto resampling : {Resampling::kLinear, Resampling::kCubic}) {
      const RowReader reader(picture, resampling);
      std::vector<float> whole(static_cast<std::size_t>(64 * channels));
      reader.read(offsets, 30, {0, 64}, whole.data());
      for (const Columns columns : {Columns{0, 1}, Columns{7, 40}, Columns{20, 52}, Columns{15, 32}, Columns{63, 64}}) {
        std::vector<float> part(whole.size(), kUntouched), expected = part;
        reader.read(offsets, 30, columns, part.data());
        std::copy(whole.begin() + channels * columns.first, whole.begin() + channels * columns.end,
                  expected.begin() + channels * columns.first);
        EXPECT_EQ(part, expected) << channels << " channels, columns from " << columns.first;
      }
    }
  }
}

TEST(CropResampling, NoOffsetIsNoChange) {
  const cv::Mat picture = soft_texture(5, 33, 1);
  const cv::Mat still = cv::Mat::zeros(33, 33, CV_32FC2);
  EXPECT_TRUE(equal_bits(read_at_offsets(picture, still, Resampling::kLinear), picture));
  EXPECT_LT(cv::norm(read_at_offsets(picture, still, Resampling::kCubic), picture, cv::NORM_INF), 1e-6);
}

TEST(CropResampling, BeyondTheEdgeLiesTheEdge) {
  const cv::Mat picture = soft_texture(5, 16, 1);
  for (const auto resampling : {Resampling::kLinear, Resampling::kCubic}) {
    const cv::Mat result = read_at_offsets(picture, cv::Mat(16, 16, CV_32FC2, cv::Scalar(100, 100)), resampling);
    EXPECT_LT(cv::norm(result.at<cv::Vec3f>(3, 3) - picture.at<cv::Vec3f>(15, 15)), 1e-6);
  }
}

TEST(CropResampling, RefusesWhatItCannotRead) {
  EXPECT_THROW(read_at_offsets(cv::Mat(8, 8, CV_8U), cv::Mat(8, 8, CV_32FC2), Resampling::kLinear), Error);
  EXPECT_THROW(read_at_offsets(cv::Mat(8, 8, CV_32F), cv::Mat(9, 9, CV_32FC2), Resampling::kLinear), Error);
}

}  // namespace
}  // namespace reelface
