// SPDX-License-Identifier: Apache-2.0
#include "layout/straight_edges.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

/// A box that is a little lighter than what is around it.
cv::Mat picture_with(const cv::Rect& box) {
  cv::Mat picture(120, 160, CV_8U, cv::Scalar(90));
  picture(box).setTo(100);
  return picture;
}

TEST(StraightEdges, ABoxIsSnappedToTheSampleOnAllSides) {
  const cv::Rect box(37, 21, 70, 55);
  const StraightEdges edges(picture_with(box));
  for (const int off : {-11, -3, 0, 5, 12})
    EXPECT_EQ(edges.snapped({box.x + off, box.y - off, box.width - off, box.height + off}, 16), box) << off;
}

TEST(StraightEdges, WithoutAnEdgeASideMovesInwards) {
  const cv::Mat plain(120, 160, CV_8U, cv::Scalar(90));
  EXPECT_EQ(StraightEdges(plain).snapped({32, 16, 64, 48}, 16), cv::Rect(48, 32, 32, 16));
  EXPECT_EQ(StraightEdges(plain).snapped({0, 0, 160, 120}, 16), cv::Rect(0, 0, 160, 120)) << "the picture's own sides";
}

TEST(StraightEdges, WhatIsBrokenIsNone) {
  cv::Mat dashed(120, 160, CV_8U, cv::Scalar(90));
  for (int y = 0; y < 120; y += 4) dashed(cv::Rect(80, y, 80, 2)).setTo(200);
  const StraightEdges edges(dashed);
  EXPECT_FALSE(edges.near({80, 0, 80, 120}, BoxSide::kLeft, 8).has_value());
  EXPECT_EQ(edges.near({80, 0, 1, 2}, BoxSide::kLeft, 8), 80);
}

}  // namespace
}  // namespace reelface
