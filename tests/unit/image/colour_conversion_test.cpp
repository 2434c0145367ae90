// SPDX-License-Identifier: Apache-2.0
#include "image/colour_conversion.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/frames.h"

namespace reelface {
namespace {

using testing::frame_facts;

void expect_code(const FrameFacts& facts, std::array<double, 3> rgb, std::array<int, 3> expected) {
  const std::array<double, 3> code = colour_conversion(facts).code(rgb);
  for (int index = 0; index < 3; ++index) EXPECT_EQ(std::lround(code[index]), expected[index]) << "component " << index;
}

ColourFacts colour(ColourMatrix matrix, ColourRange range) {
  ColourFacts facts;
  facts.matrix = matrix;
  facts.range = range;
  return facts;
}

TEST(ColourConversion, KnowsTheCodesOfTheStandards) {
  // Pure red and blue as every colour-bar generator writes them.
  expect_code(frame_facts("yuv420p", 64, 64, colour(ColourMatrix::kSmpte170m, ColourRange::kLimited)), {1, 0, 0},
              {81, 90, 240});
  expect_code(frame_facts("yuv420p", 64, 64, colour(ColourMatrix::kBt709, ColourRange::kLimited)), {1, 0, 0},
              {63, 102, 240});
  expect_code(frame_facts("yuv420p", 64, 64, colour(ColourMatrix::kBt709, ColourRange::kLimited)), {0, 0, 1},
              {32, 240, 118});
  expect_code(frame_facts("yuv420p10le", 64, 64, colour(ColourMatrix::kBt2020Ncl, ColourRange::kLimited)), {1, 1, 1},
              {940, 512, 512});
  expect_code(frame_facts("yuv420p10le", 64, 64, colour(ColourMatrix::kBt2020Ncl, ColourRange::kLimited)), {1, 0, 0},
              {294, 387, 960});
  expect_code(frame_facts("yuvj420p", 64, 64), {1, 0, 0}, {76, 85, 256});
  expect_code(frame_facts("yuv444p", 64, 64, colour(ColourMatrix::kYcgco, ColourRange::kFull)), {0, 1, 0},
              {128, 256, 128});
}

TEST(ColourConversion, GuessesOnlyWhatTheFileDoesNotSay) {
  expect_code(frame_facts("yuv420p", 720, 576), {1, 0, 0}, {81, 90, 240});
  expect_code(frame_facts("yuv420p", 1280, 720), {1, 0, 0}, {63, 102, 240});
  expect_code(frame_facts("yuv420p", 1280, 720, colour(ColourMatrix::kBt470bg, ColourRange::kUnspecified)), {1, 0, 0},
              {81, 90, 240});
  expect_code(frame_facts("rgb24", 8, 8), {1, 0.5, 0}, {255, 128, 0});
  expect_code(frame_facts("rgb24", 8, 8, colour(ColourMatrix::kRgb, ColourRange::kLimited)), {1, 0.5, 0},
              {235, 126, 16});
  EXPECT_NEAR(colour_conversion(frame_facts("gray", 8, 8)).code({1, 1, 1})[0], 255, 1e-9);
  EXPECT_NEAR(
      colour_conversion(frame_facts("gray10le", 8, 8, colour(ColourMatrix::kUnspecified, ColourRange::kLimited)))
          .code({1, 1, 1})[0],
      940, 1e-9);
}

TEST(ColourConversion, RoundTripsForEveryMatrixAndRange) {
  for (const std::string& layout : testing::many_layouts()) {
    for (const ColourMatrix matrix : {ColourMatrix::kUnspecified, ColourMatrix::kBt709, ColourMatrix::kFcc,
                                      ColourMatrix::kBt470bg, ColourMatrix::kSmpte170m, ColourMatrix::kSmpte240m,
                                      ColourMatrix::kYcgco, ColourMatrix::kBt2020Ncl, static_cast<ColourMatrix>(14)}) {
      for (const ColourRange range : {ColourRange::kUnspecified, ColourRange::kLimited, ColourRange::kFull}) {
        const ColourConversion conversion = colour_conversion(frame_facts(layout, 64, 64, colour(matrix, range)));
        const bool gray = conversion.component_count == 1;
        const std::array<double, 3> rgb =
            gray ? std::array<double, 3>{0.4, 0.4, 0.4} : std::array<double, 3>{0.9, 0.2, 0.4};
        const std::array<double, 3> back = conversion.rgb(conversion.code(rgb));
        for (int index = 0; index < 3; ++index) EXPECT_NEAR(back[index], rgb[index], 1e-12) << layout;
        for (int index = 0; index < conversion.component_count; ++index) {
          EXPECT_GE(conversion.code(rgb)[index], conversion.legal[index].lowest) << layout;
          EXPECT_LE(conversion.code(rgb)[index], conversion.legal[index].highest) << layout;
        }
      }
    }
  }
}

TEST(FrameToComponent, KnowsWhereChromaSits) {
  ColourFacts facts;
  const auto first_chroma = [&](const char* layout, ChromaLocation location) {
    facts.chroma_location = location;
    return frame_to_component(frame_facts(layout, 64, 64, facts), 1).inverse().apply(Position{0, 0});
  };
  const auto expect_at = [](Position position, double x, double y) {
    EXPECT_DOUBLE_EQ(position.x, x);
    EXPECT_DOUBLE_EQ(position.y, y);
  };
  expect_at(first_chroma("yuv420p", ChromaLocation::kUnspecified), 0, 0.5);
  expect_at(first_chroma("yuv420p", ChromaLocation::kLeft), 0, 0.5);
  expect_at(first_chroma("yuv420p", ChromaLocation::kCenter), 0.5, 0.5);
  expect_at(first_chroma("yuv420p", ChromaLocation::kTopLeft), 0, 0);
  expect_at(first_chroma("yuv420p", ChromaLocation::kTop), 0.5, 0);
  expect_at(first_chroma("yuv420p", ChromaLocation::kBottomLeft), 0, 1);
  expect_at(first_chroma("yuv420p", ChromaLocation::kBottom), 0.5, 1);
  expect_at(first_chroma("yuv422p", ChromaLocation::kUnspecified), 0, 0);
  expect_at(first_chroma("yuv410p", ChromaLocation::kCenter), 1.5, 1.5);
  expect_at(first_chroma("yuv444p", ChromaLocation::kCenter), 0, 0);
  expect_at(first_chroma("rgb24", ChromaLocation::kCenter), 0, 0);
}

}  // namespace
}  // namespace reelface
