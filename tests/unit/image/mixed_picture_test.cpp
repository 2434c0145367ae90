// SPDX-License-Identifier: Apache-2.0
#include "image/mixed_picture.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(MixedPicture, GoesFromOneToTheOtherByTheShare) {
  RgbImageF from(1, 1), to(1, 1);
  from.samples = {0, 0.5F, 1};
  to.samples = {1, 0.5F, 0};
  EXPECT_EQ(mixed(from, to, 0).samples, from.samples);
  EXPECT_EQ(mixed(from, to, 1).samples, to.samples);
  EXPECT_EQ(mixed(from, to, 0.25F).samples, (std::vector<float>{0.25F, 0.5F, 0.75F}));
}

}  // namespace
}  // namespace reelface
