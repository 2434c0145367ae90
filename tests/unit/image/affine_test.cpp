// SPDX-License-Identifier: Apache-2.0
#include "reelface/image/affine.h"

#include <gtest/gtest.h>

#include <limits>

#include "reelface/core/error.h"

namespace reelface {
namespace {

TEST(Affine, InverseUndoes) {
  const Affine map{{2.5, -0.7, 100, 0.3, 1.1, -40}};
  const Position there = map.apply(Position{12.25, -3});
  const Position back = map.inverse().apply(there);
  EXPECT_NEAR(back.x, 12.25, 1e-12);
  EXPECT_NEAR(back.y, -3, 1e-12);
}

TEST(Affine, ChainAppliesTheFirstFirst) {
  const Affine move = Affine::scale_and_move(1, 1, 10, 0);
  const Affine twice = Affine::scale_and_move(2, 2, 0, 0);
  EXPECT_EQ(chain(move, twice).apply(Position{1, 1}).x, 22);
  EXPECT_EQ(chain(twice, move).apply(Position{1, 1}).x, 12);
}

TEST(Affine, RefusesWhatCannotBeUndone) {
  EXPECT_THROW((Affine{{1, 2, 0, 2, 4, 0}}.inverse()), Error);
  EXPECT_THROW((Affine{{0, 0, 0, 0, 0, 0}}.inverse()), Error);
  EXPECT_THROW((Affine{{std::numeric_limits<double>::quiet_NaN(), 0, 0, 0, 1, 0}}.inverse()), Error);
  EXPECT_THROW((Affine{{1, 0, std::numeric_limits<double>::infinity(), 0, 1, 0}}.inverse()), Error);
}

}  // namespace
}  // namespace reelface
