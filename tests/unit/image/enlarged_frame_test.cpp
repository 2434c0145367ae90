// SPDX-License-Identifier: Apache-2.0
#include "image/enlarged_frame.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "reelface/image/frame_picture.h"
#include "support/frames.h"

namespace reelface {
namespace {

using testing::code_at;
using testing::frame_facts;
using testing::RgbValues;

Frame gradient_frame(const std::string& layout, bool grey = false) {
  return testing::frame_of_rgb(frame_facts(layout, 32, 24), [grey](double x, double y) -> RgbValues {
    const double level = 0.3 + 0.01 * x;
    return grey ? RgbValues{level, level, level} : RgbValues{level, 0.3 + 0.01 * y, 0.6 - 0.005 * x};
  });
}

/// A network's picture that is brighter than the enlarged one.
RgbImageF brighter(const Frame& frame, float red, float green, float blue) {
  RgbImageF picture = lanczos_resized(frame_picture(frame).view(), {64, 48});
  for (std::size_t i = 0; i < picture.samples.size(); ++i)
    picture.samples[i] += i % 3 == 0 ? red : i % 3 == 1 ? green : blue;
  return picture;
}

TEST(EnlargedFrame, WithNothingToAddItIsTheFramesOwnSamplesEnlarged) {
  for (const char* layout : {"yuv420p", "yuv422p10le", "gray", "gbrp", "yuva420p"}) {
    const Frame frame = gradient_frame(layout);
    const Frame result = enlarged_frame(frame, frame_picture(frame).view(), brighter(frame, 0, 0, 0).view(), {64, 48});
    const Frame plain = resized_frame(frame, {64, 48});
    ASSERT_EQ(result.facts().layout.name, layout);
    for (int component = 0; component < frame.facts().layout.component_count; ++component) {
      for (int y = 0; y < component_height(plain.facts(), component); ++y) {
        for (int x = 0; x < component_width(plain.facts(), component); ++x)
          ASSERT_EQ(code_at(result, component, x, y), code_at(plain, component, x, y)) << layout << component;
      }
    }
  }
}

TEST(EnlargedFrame, WhatTheNetworkKnowsIsAddedInTheFramesOwnCodes) {
  for (const char* layout : {"gray", "gray10le", "gray12le"}) {
    const Frame frame = gradient_frame(layout, true);
    const Frame result =
        enlarged_frame(frame, frame_picture(frame).view(), brighter(frame, 0.1F, 0.1F, 0.1F).view(), {64, 48});
    const Frame plain = resized_frame(frame, {64, 48});
    const int most = (1 << frame.facts().layout.bit_depth()) - 1;
    for (int x = 8; x < 56; ++x)
      EXPECT_NEAR(code_at(result, 0, x, 20) - code_at(plain, 0, x, 20), 0.1 * most, 1.01) << layout << ' ' << x;
  }
}

TEST(EnlargedFrame, GrainThatTheNetworkHasTakenOutIsEnlargedAndStays) {
  const Frame clean = gradient_frame("gray", true);
  Frame grainy = clean.share();
  grainy.make_writable();
  for (int y = 0; y < 24; ++y) {
    for (int x = 0; x < 32; ++x) testing::set_code(grainy, 0, x, y, code_at(clean, 0, x, y) + (x * 7 + y * 13) % 9 - 4);
  }
  const RgbImageF once = frame_picture(clean);
  const Frame result = enlarged_frame(grainy, once.view(), brighter(clean, 0, 0, 0).view(), {64, 48});
  const Frame wanted = resized_frame(grainy, {64, 48});
  for (int x = 0; x < 64; ++x) EXPECT_EQ(code_at(result, 0, x, 21), code_at(wanted, 0, x, 21));
}

TEST(EnlargedFrame, GreyStaysGreyAndAlphaIsEnlarged) {
  Frame frame = gradient_frame("yuva420p", true);
  const Frame result =
      enlarged_frame(frame, frame_picture(frame).view(), brighter(frame, 0.1F, 0, 0.05F).view(), {64, 48});
  for (const int component : {1, 2}) {
    for (int x = 0; x < 32; ++x) EXPECT_NEAR(code_at(result, component, x, 9), 128, 1);
  }
  EXPECT_GT(code_at(result, 0, 30, 20), code_at(resized_frame(frame, {64, 48}), 0, 30, 20));
  EXPECT_EQ(code_at(result, 3, 30, 20), 77);
}

TEST(EnlargedFrame, AnotherSizeThanTheNetworksIsMadeOfIt) {
  const Frame frame = gradient_frame("gray", true);
  const RgbImageF made = brighter(frame, 0.1F, 0.1F, 0.1F);
  for (const FrameSize size : {FrameSize{48, 36}, FrameSize{96, 72}}) {
    const Frame result = enlarged_frame(frame, frame_picture(frame).view(), made.view(), size);
    const Frame plain = resized_frame(frame, size);
    ASSERT_EQ(result.facts().width, size.width);
    for (int x = 12; x < size.width - 12; ++x)
      EXPECT_NEAR(code_at(result, 0, x, 18) - code_at(plain, 0, x, 18), 25.5, 2);
  }
}

}  // namespace
}  // namespace reelface
