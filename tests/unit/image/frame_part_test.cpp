// SPDX-License-Identifier: Apache-2.0
#include "image/frame_part.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>

#include "reelface/image/frame_picture.h"

namespace reelface {
namespace {

Frame frame_of(const std::string& layout, int width, int height) {
  FrameFacts facts;
  facts.width = width;
  facts.height = height;
  facts.layout = pixel_layout(layout);
  Frame frame = allocate_frame(facts);
  RgbImageF picture(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      float* const pixel = picture.samples.data() + std::ptrdiff_t{3} * (y * width + x);
      pixel[0] = static_cast<float>(x) / static_cast<float>(width);
      pixel[1] = static_cast<float>(y) / static_cast<float>(height);
      pixel[2] = 0.5F;
    }
  }
  store_picture(frame, picture.view());
  return frame;
}

TEST(FramePart, ShowsTheMiddleInEveryLayout) {
  for (const char* layout : {"yuv420p", "yuv422p10le", "yuv444p", "gray", "nv12", "rgb24", "gbrp"}) {
    const Frame frame = frame_of(layout, 96, 64), part = middle_part(frame, 48, 32);
    EXPECT_EQ(part.facts().width, 48) << layout;
    const RgbImageF whole = frame_picture(frame), middle = frame_picture(part);
    for (const int place : {5, 20, 30}) {
      const std::ptrdiff_t here = std::ptrdiff_t{3} * (place * 48 + place),
                           there = std::ptrdiff_t{3} * ((place + 16) * 96 + place + 24);
      for (int c = 0; c < 3; ++c) EXPECT_NEAR(middle.samples[here + c], whole.samples[there + c], 0.01) << layout;
    }
  }
}

TEST(FramePart, OfASmallFrameIsTheFrame) {
  const Frame frame = frame_of("yuv420p", 33, 21), part = middle_part(frame, 48, 32);
  EXPECT_EQ(part.facts().width, 33);
  EXPECT_EQ(frame_picture(part).samples, frame_picture(frame).samples);
}

TEST(FramePart, StaysWhenTheFrameGoes) {
  Frame part = [] { return middle_part(frame_of("yuv420p", 96, 64), 48, 32); }();
  const RgbImageF before = frame_picture(part);
  const Frame shared = part.share();
  EXPECT_EQ(frame_picture(shared).samples, before.samples);
}

}  // namespace
}  // namespace reelface
