// SPDX-License-Identifier: Apache-2.0
#include "pipeline/values/enlarging.h"

#include <gtest/gtest.h>

#include "support/frames.h"

namespace reelface {
namespace {

FrameSize size_for(int width, int height, const EnlargeOptions& options, const char* layout = "yuv420p",
                   int turns = 0) {
  FrameFacts facts = testing::frame_facts(layout, width, height);
  facts.orientation.quarter_turns_clockwise = turns;
  return target_size(facts, options);
}

EnlargeOptions times(double factor) {
  EnlargeOptions options;
  options.factor = factor;
  return options;
}

EnlargeOptions into(int width, int height) {
  EnlargeOptions options;
  options.size = AskedSize{width, height};
  return options;
}

TEST(Enlarging, AFactorIsKeptAndChromaFits) {
  EXPECT_EQ(size_for(640, 360, times(2)), (FrameSize{1280, 720}));
  EXPECT_EQ(size_for(640, 360, times(1.5)), (FrameSize{960, 540}));
  EXPECT_EQ(size_for(641, 361, times(1.5)), (FrameSize{960, 540}));
  EXPECT_EQ(size_for(641, 361, times(1.5), "yuv444p"), (FrameSize{961, 541}));
  EXPECT_EQ(size_for(321, 241, times(3)), (FrameSize{963, 723})) << "odd already";
  EXPECT_EQ(size_for(641, 361, times(1)), (FrameSize{641, 361}));
}

TEST(Enlarging, ASizeIsFilledAsFarAsTheShapeAllowsAndNeverExceeded) {
  EXPECT_EQ(size_for(640, 360, into(1920, 1080)), (FrameSize{1920, 1080}));
  EXPECT_EQ(size_for(640, 480, into(1920, 1080)), (FrameSize{1440, 1080}));
  EXPECT_EQ(size_for(640, 480, into(-1, 1080)), (FrameSize{1440, 1080}));
  EXPECT_EQ(size_for(640, 480, into(1000, -1)), (FrameSize{1000, 750}));
  EXPECT_EQ(size_for(720, 576, into(1921, 1081)), (FrameSize{1350, 1080}));
  EXPECT_EQ(size_for(1280, 720, into(640, 480)), (FrameSize{640, 360})) << "a larger film becomes smaller";
}

TEST(Enlarging, ASizeIsWhatAViewerSees) {
  EXPECT_EQ(size_for(360, 640, into(-1, 720), "yuv420p", 1), (FrameSize{720, 1280}));
  EXPECT_EQ(size_for(360, 640, into(-1, 720), "yuv420p", 2), (FrameSize{404, 720}));
}

TEST(Enlarging, AutomaticallyItIsTheModelThatComesWithTheProgram) {
  EXPECT_EQ(upscaling_model(times(2)), "loupe");
  EnlargeOptions options = times(2);
  options.upscaler = "lanczos";
  EXPECT_EQ(upscaling_model(options), "");
  options.upscaler = "my/file.pth";
  EXPECT_EQ(upscaling_model(options), "my/file.pth");
}

}  // namespace
}  // namespace reelface
