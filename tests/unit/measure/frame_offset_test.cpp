// SPDX-License-Identifier: Apache-2.0
#include "measure/frame_offset.h"

#include <gtest/gtest.h>

#include "support/test_pattern.h"

namespace reelface {
namespace {

/// A picture that pans; `brightness` and noise as a restoration would change them.
std::vector<GreyImage8> panning(int first, int count, double speed, double brightness = 0, double sigma = 0) {
  std::vector<GreyImage8> frames;
  for (int i = first; i < first + count; ++i) {
    const auto values = testing::with_noise(testing::TestPattern(4).plane(64, 36, speed * i, 0), sigma,
                                            static_cast<std::uint32_t>(i + 99));
    GreyImage8 frame{64, 36, {}};
    for (const float value : values) {
      frame.samples.push_back(static_cast<std::uint8_t>(std::min(255.0, std::max(0.0, 255 * (value + brightness)))));
    }
    frames.push_back(frame);
  }
  return frames;
}

TEST(FindFrameOffset, FindsEitherDirection) {
  for (const int offset : {-9, -1, 0, 1, 4, 10}) {
    EXPECT_EQ(find_frame_offset(panning(20, 40, 1.5), panning(20 - offset, 40, 1.5, 0.05, 0.02), 12), offset);
  }
}

TEST(FindFrameOffset, StillOrTooShortIsNoOffset) {
  EXPECT_EQ(find_frame_offset(panning(0, 40, 0), panning(3, 40, 0, 0, 0.03), 12), 0);
  EXPECT_EQ(find_frame_offset(panning(0, 2, 1.5), panning(1, 2, 1.5), 12), 0);
  EXPECT_EQ(find_frame_offset({}, panning(1, 2, 1.5), 12), 0);
}

TEST(FindFrameOffset, OtherFilmsHaveNone) {
  auto other = panning(0, 40, 0.7);
  for (GreyImage8& frame : other) std::reverse(frame.samples.begin(), frame.samples.end());
  EXPECT_EQ(find_frame_offset(panning(0, 40, 1.5), other, 12), 0);
}

}  // namespace
}  // namespace reelface
