// SPDX-License-Identifier: Apache-2.0
#include "image/resized_frame.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "reelface/core/error.h"
#include "reelface/image/frame_picture.h"
#include "support/frames.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

using testing::code_at;
using testing::frame_facts;
using testing::frame_of_rgb;
using testing::RgbValues;

FrameSize times(const FrameFacts& facts, int factor) {
  return {factor * facts.width, factor * facts.height};
}

TEST(ResizedFrame, GradientsStayInPlaceInEveryLayoutAndSiting) {
  for (const std::string& layout : testing::many_layouts()) {
    for (const ChromaLocation location : {ChromaLocation::kLeft, ChromaLocation::kCenter, ChromaLocation::kTopLeft}) {
      for (const int factor : {2, 3}) {
        FrameFacts facts = frame_facts(layout, 41, 35);
        facts.colour.chroma_location = location;
        const auto picture = [](double x, double y) -> RgbValues {
          return {0.2 + 0.008 * x, 0.2 + 0.006 * y, 0.5 - 0.004 * x};
        };
        const Frame large = resized_frame(frame_of_rgb(facts, picture), times(facts, factor));
        ASSERT_EQ(large.facts().width, 41 * factor);
        ASSERT_EQ(large.facts().layout.name, layout);
        const Affine back = resizing_map(size_of(facts), size_of(large.facts())).inverse();
        const Frame expected = frame_of_rgb(large.facts(), [&](double x, double y) {
          const Position place = back.apply(Position{x, y});
          return picture(place.x, place.y);
        });
        const int unit = 1 << (facts.layout.bit_depth() - 8);
        for (int component = 0; component < facts.layout.component_count; ++component) {
          const int width = component_width(large.facts(), component);
          const int height = component_height(large.facts(), component);
          // Four source samples from the edge, whose repetition is no gradient any more.
          const int margin_x = 4 * factor;
          const int margin_y = 4 * factor;
          for (int y = margin_y; y < height - margin_y; ++y) {
            for (int x = margin_x; x < width - margin_x; ++x) {
              ASSERT_NEAR(code_at(large, component, x, y), code_at(expected, component, x, y), 1.3 * unit)
                  << layout << ' ' << component << ' ' << x << ' ' << y << " x" << factor;
            }
          }
        }
      }
    }
  }
}

TEST(ResizedFrame, FlatPicturesStayFlatAndKeepTheirFacts) {
  FrameFacts facts = frame_facts("yuva420p", 5, 3);
  facts.pts = 77;
  facts.sample_aspect_ratio = {4, 3};
  facts.colour.transfer = ColourTransfer::kPq;
  const Frame large = resized_frame(
      testing::frame_of_codes(facts, [](int component, int, int) { return 50 + component; }), times(facts, 4));
  EXPECT_EQ(large.facts().pts, 77);
  EXPECT_EQ(large.facts().sample_aspect_ratio, (Rational{4, 3}));
  EXPECT_EQ(large.facts().colour.transfer, ColourTransfer::kPq);
  for (int component = 0; component < 4; ++component) {
    for (int y = 0; y < component_height(large.facts(), component); ++y) {
      for (int x = 0; x < component_width(large.facts(), component); ++x) {
        ASSERT_EQ(code_at(large, component, x, y), 50 + component);
      }
    }
  }
}

TEST(ResizedFrame, AGuessedMatrixStaysTheSameGuess) {
  const auto matrix = [](const char* layout, int width, int height) {
    const FrameFacts facts = frame_facts(layout, width, height);
    return resized_facts(facts, times(facts, 2)).colour.matrix;
  };
  EXPECT_EQ(matrix("yuv420p", 640, 480), ColourMatrix::kSmpte170m);
  EXPECT_EQ(matrix("yuv420p", 320, 240), ColourMatrix::kUnspecified);
  EXPECT_EQ(matrix("yuv420p", 1280, 720), ColourMatrix::kUnspecified);
  EXPECT_EQ(matrix("rgb24", 640, 480), ColourMatrix::kUnspecified);
}

TEST(ResizedFrame, TheSameSizeSharesAndFiveTimesIsRefused) {
  const Frame frame = testing::noise_frame(frame_facts("nv12", 16, 16));
  EXPECT_EQ(resized_frame(frame, {16, 16}).plane(0).data, frame.plane(0).data);
  EXPECT_THROW(resized_frame(frame, {80, 16}), Error);
  EXPECT_THROW(resized_frame(frame, {32, 0}), Error);
}

TEST(ResizedFrame, APictureIsResizedAsItsFrameIs) {
  const Frame frame = testing::noise_frame(frame_facts("gray", 24, 20));
  for (const FrameSize size : {FrameSize{48, 40}, FrameSize{36, 30}, FrameSize{16, 12}}) {
    const Frame resized = resized_frame(frame, size);
    const RgbImageF picture = lanczos_resized(frame_picture(frame).view(), size);
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        const float value = 255 * testing::sample_at(picture, x, y);
        ASSERT_NEAR(code_at(resized, 0, x, y), std::min(255.0F, std::max(0.0F, value)), 0.51F) << x << ' ' << y;
      }
    }
  }
}

TEST(ResizedFrame, SharpEdgesStaySharp) {
  const Frame frame =
      testing::frame_of_codes(frame_facts("gray", 32, 8), [](int, int x, int) { return x < 16 ? 60 : 180; });
  const Frame large = resized_frame(frame, times(frame.facts(), 2));
  EXPECT_LT(code_at(large, 0, 30, 8), 80);
  EXPECT_GT(code_at(large, 0, 33, 8), 160);
}

}  // namespace
}  // namespace reelface
