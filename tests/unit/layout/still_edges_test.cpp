// SPDX-License-Identifier: Apache-2.0
#include "layout/still_edges.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace reelface {
namespace {

const cv::Size kSize(64, 48);

/// Dark to the left of a column, bright from there on; rows from `from` on only.
cv::Mat step_at(int column, int from = 0) {
  cv::Mat grey(kSize, CV_8U, cv::Scalar(40));
  grey(cv::Rect(column, from, kSize.width - column, kSize.height - from)).setTo(90);
  return grey;
}

TEST(StillEdges, ALineIsFoundWhereItIs) {
  const auto line = StillEdges(step_at(21)).strongest_across({{}, kSize});
  ASSERT_TRUE(line);
  EXPECT_TRUE(line->is_upright);
  EXPECT_EQ(line->place, 21);
  EXPECT_EQ(line->share, 1);
  const cv::Mat turned = step_at(21).t();
  const auto level = StillEdges(turned).strongest_across({{}, turned.size()});
  ASSERT_TRUE(level);
  EXPECT_FALSE(level->is_upright);
  EXPECT_EQ(level->place, 21);
}

TEST(StillEdges, PlacesAreThoseOfThePictureNotOfTheBox) {
  const StillEdges edges(step_at(21));
  EXPECT_EQ(edges.strongest_across({10, 5, 40, 30})->place, 21);
  EXPECT_FALSE(edges.strongest_across({21, 0, 30, 48})) << "its own side";
  EXPECT_FALSE(edges.strongest_across({30, 0, 30, 48}));
}

TEST(StillEdges, ABorderIsNotAlwaysStrong) {
  for (const int levels : {5, 6, -5, -6}) {
    cv::Mat grey = step_at(21);
    grey.colRange(21, kSize.width).setTo(40 + levels);
    EXPECT_EQ(StillEdges(grey).strongest_across({{}, kSize}).has_value(), std::abs(levels) == 6) << levels;
  }
}

TEST(StillEdges, HalfALineIsNone) {
  EXPECT_FALSE(StillEdges(step_at(32, 24)).strongest_across({{}, kSize}));
}

TEST(StillEdges, WhatMovesGoesAndTheOtherStaysAsItWas) {
  const StillEdges one(step_at(21)), other(step_at(22));
  StillEdges both = one;
  both.keep_common(other);
  EXPECT_FALSE(both.strongest_across({{}, kSize}));
  EXPECT_EQ(one.strongest_across({{}, kSize})->place, 21);
  EXPECT_EQ(other.strongest_across({{}, kSize})->place, 22);
}

TEST(StillEdges, PicturesOfOneSampleHaveNone) {
  EXPECT_FALSE(StillEdges(cv::Mat(1, 1, CV_8U, cv::Scalar(3))).strongest_across({0, 0, 1, 1}));
}

}  // namespace
}  // namespace reelface
