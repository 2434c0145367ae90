// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/invert_stage.h"

#include <gtest/gtest.h>

#include "support/frames.h"

namespace reelface {
namespace {

TEST(InvertStage, TurnsLightIntoDark) {
  FrameGroup group;
  group.jobs.emplace_back();
  group.jobs[0].frame =
      testing::frame_of_codes(testing::frame_facts("yuv420p", 16, 16), [](int, int, int) { return 40; });
  make_invert_stage().run(group);
  EXPECT_EQ(testing::code_at(*group.jobs[0].frame, 0, 3, 5), 215);
  EXPECT_EQ(testing::code_at(*group.jobs[0].frame, 1, 3, 5), 40);
}

}  // namespace
}  // namespace reelface
