// SPDX-License-Identifier: Apache-2.0
#include "motion/kept_share.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

TEST(KeptShare, IsThatOfEachPixel) {
  RgbImageF before(3, 2), picture(3, 2);
  for (std::size_t i = 0; i < picture.samples.size(); ++i) {
    before.samples[i] = 0.25F;
    picture.samples[i] = 0.75F;
  }
  cv::Mat share(2, 3, CV_32F, cv::Scalar(1));
  share.at<float>(0, 1) = 0;
  share.at<float>(1, 2) = 0.5F;
  keep_share(share, before.view(), picture);
  EXPECT_EQ(picture.samples[0], 0.75F);
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_EQ(picture.samples[3 + c], 0.25F);
    EXPECT_EQ(picture.samples[15 + c], 0.5F);
  }
}

}  // namespace
}  // namespace reelface
