// SPDX-License-Identifier: Apache-2.0
#include "motion/distinct_pictures.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace reelface {
namespace {

using Changes = std::vector<std::optional<double>>;
using Offsets = std::vector<std::ptrdiff_t>;

TEST(DistinctNeighbours, AreTheNearestWhereNothingIsRepeated) {
  const DistinctNeighbours found = distinct_neighbours(Changes{3, 4, 3, 5, 4, 3, 4, 4, 3}, 2);
  EXPECT_EQ(found.before, (Offsets{-1, -2}));
  EXPECT_EQ(found.behind, (Offsets{1, 2}));
}

TEST(DistinctNeighbours, PassOverRepeats) {
  // A B B C D D E: the middle is the first B, then the second.
  EXPECT_EQ(distinct_neighbours(Changes{{}, {}, {}, {}, 4, 0.5, 4, 3, 0.5}, 2).behind, (Offsets{2, 3}));
  const DistinctNeighbours second = distinct_neighbours(Changes{{}, {}, {}, 4, 0.5, 4, 3, 0.5, 4}, 2);
  EXPECT_EQ(second.before, (Offsets{-2}));
  EXPECT_EQ(second.behind, (Offsets{1, 2}));
}

TEST(DistinctNeighbours, OfAPictureShownThreeTimesAreOutsideIt) {
  const DistinctNeighbours found = distinct_neighbours(Changes{3, 4, 4, 3, 0.3, 0.4, 3, 4, 3}, 1);
  EXPECT_EQ(found.before, (Offsets{-2}));
  EXPECT_EQ(found.behind, (Offsets{2}));
}

TEST(DistinctNeighbours, OfAStillAreTheNearest) {
  for (const double change : {0.0, 0.4}) {
    const DistinctNeighbours found = distinct_neighbours(Changes(9, change), 2);
    EXPECT_EQ(found.before, (Offsets{-1, -2}));
    EXPECT_EQ(found.behind, (Offsets{1, 2}));
  }
}

TEST(DistinctNeighbours, DoNotReachAcrossACut) {
  const DistinctNeighbours found = distinct_neighbours(Changes{3, 4, 4, 4, {}, 3, {}, 4, 3}, 2);
  EXPECT_TRUE(found.before.empty());
  EXPECT_EQ(found.behind, (Offsets{1}));
}

TEST(PictureChange, IsInLevelsAndBlindToLight) {
  cv::Mat one(60, 80, CV_8U), other;
  cv::randu(one, 40, 200);
  EXPECT_DOUBLE_EQ(picture_change(one, one), 0);
  cv::add(one, 20, other);
  EXPECT_NEAR(picture_change(one, other), 0, 1e-3);
  other(cv::Rect(0, 0, 40, 60)) -= 8;
  EXPECT_NEAR(picture_change(one, other), 4, 0.1);
}

}  // namespace
}  // namespace reelface
