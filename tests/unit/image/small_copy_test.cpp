// SPDX-License-Identifier: Apache-2.0
#include "image/small_copy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "image/display_geometry.h"
#include "reelface/core/error.h"
#include "support/frames.h"

namespace reelface {
namespace {

using testing::code_at;
using testing::frame_facts;
using testing::frame_of_rgb;
using testing::RgbValues;

std::array<int, 3> pixel(const RgbImage8& picture, int x, int y) {
  const std::uint8_t* at = picture.samples.data() + 3 * (std::ptrdiff_t{y} * picture.width + x);
  return {at[0], at[1], at[2]};
}

/// Red grows to the right, green downwards: tells places and directions apart.
RgbValues gradient(double x, double y) {
  return {0.1 + 0.004 * x, 0.1 + 0.004 * y, 0.3};
}

TEST(SmallCopy, GradientsLandWhereTheyShouldInEveryLayout) {
  for (const std::string& layout : testing::many_layouts()) {
    const FrameFacts facts = frame_facts(layout, 131, 97);
    const Frame frame = frame_of_rgb(facts, gradient);
    const SmallCopy copy = make_small_copy(frame, 50);
    ASSERT_EQ(copy.picture.width, 50);
    ASSERT_EQ(copy.picture.height, 37);
    const bool gray = facts.layout.family == ColourFamily::kGray;
    // Chroma of 4:1:0 is so coarse that the edge sample's repetition reaches a few pixels in.
    for (int y = 4; y < 33; ++y) {
      for (int x = 4; x < 46; ++x) {
        const Position place = copy.to_coded.apply(Position{double(x), double(y)});
        RgbValues expected = gradient(place.x, place.y);
        if (gray) {
          const double luma = 0.299 * expected[0] + 0.587 * expected[1] + 0.114 * expected[2];
          expected = {luma, luma, luma};
        }
        for (int channel = 0; channel < 3; ++channel) {
          ASSERT_NEAR(pixel(copy.picture, x, y)[channel], 255 * expected[channel], 2.0)
              << layout << ' ' << x << ' ' << y;
        }
      }
    }
  }
}

TEST(SmallCopy, BlackBarsAreNoPartOfThePicture) {
  for (const std::string& layout : testing::many_layouts()) {
    FrameFacts facts = frame_facts(layout, 160, 96);
    facts.fitted = FittedPicture{{64, 8, 48, 80}, 96, 160, 0};
    const Frame frame = frame_of_rgb(facts, [](double x, double y) {
      const bool is_inside = x >= 64 && x < 112 && y >= 8 && y < 88;
      return is_inside ? gradient(x, y) : RgbValues{0, 0, 0};
    });
    const SmallCopy copy = make_small_copy(frame, 40);
    ASSERT_EQ(copy.picture.width, 24) << layout;
    ASSERT_EQ(copy.picture.height, 40) << layout;
    const Position corner = copy.to_coded.apply(Position{0, 0});
    EXPECT_NEAR(corner.x, 64.5, 1e-9);
    EXPECT_NEAR(corner.y, 8.5, 1e-9);
    const Position back = copy.from_coded.apply(Position{64.5, 8.5});
    EXPECT_NEAR(back.x, 0, 1e-9);
    EXPECT_NEAR(back.y, 0, 1e-9);
    EXPECT_GT(pixel(copy.picture, 12, 20)[1], 60) << layout;
  }
}

TEST(SmallCopy, HalfSizeIsThePlainAverage) {
  const Frame frame = testing::noise_frame(frame_facts("gray", 64, 32));
  const SmallCopy copy = make_small_copy(frame, 32);
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 32; ++x) {
      const int sum = code_at(frame, 0, 2 * x, 2 * y) + code_at(frame, 0, 2 * x + 1, 2 * y) +
                      code_at(frame, 0, 2 * x, 2 * y + 1) + code_at(frame, 0, 2 * x + 1, 2 * y + 1);
      EXPECT_NEAR(pixel(copy.picture, x, y)[0], sum / 4.0, 0.51);
    }
  }
}

/// The small copy done the slow way. 45 and 71 points to a side hit every border between samples exactly.
TEST(SmallCopy, OddFactorsMatchSlowAveraging) {
  const Frame frame = testing::noise_frame(frame_facts("gray", 45, 71));
  const SmallCopy copy = make_small_copy(frame, 19);
  ASSERT_EQ(copy.picture.height, 19);
  constexpr int kFineX = 45;
  constexpr int kFineY = 71;
  for (int y = 0; y < copy.picture.height; ++y) {
    for (int x = 0; x < copy.picture.width; ++x) {
      double sum = 0;
      for (int fy = 0; fy < kFineY; ++fy) {
        for (int fx = 0; fx < kFineX; ++fx) {
          const int column = int((x + (fx + 0.5) / kFineX) * 45 / copy.picture.width);
          const int row = int((y + (fy + 0.5) / kFineY) * 71 / copy.picture.height);
          sum += code_at(frame, 0, column, row);
        }
      }
      EXPECT_NEAR(pixel(copy.picture, x, y)[0], sum / (kFineX * kFineY), 0.51);
    }
  }
}

TEST(SmallCopy, SmallFramesKeepTheirSize) {
  const Frame frame = frame_of_rgb(frame_facts("rgb24", 40, 30), gradient);
  const SmallCopy copy = make_small_copy(frame, 640);
  ASSERT_EQ(copy.picture.width, 40);
  for (int channel = 0; channel < 3; ++channel)
    EXPECT_EQ(pixel(copy.picture, 7, 9)[channel], code_at(frame, channel, 7, 9));
}

TEST(SmallCopy, IsTurnedAndSquareAndMapsBack) {
  for (int turns = 0; turns < 4; ++turns) {
    for (const bool mirrored : {false, true}) {
      FrameFacts facts = frame_facts("yuv444p", 120, 80);
      facts.orientation = {turns, mirrored};
      facts.sample_aspect_ratio = {4, 3};
      // A bright spot, brighter to the lower right, so that every direction shows.
      const Frame frame = frame_of_rgb(facts, [](double x, double y) -> RgbValues {
        const double light = std::exp(-((x - 30) * (x - 30) + (y - 60) * (y - 60)) / 60);
        return {light, light, light};
      });
      const SmallCopy copy = make_small_copy(frame, 80);
      EXPECT_EQ(copy.picture.width, turns % 2 == 0 ? 80 : 40);
      EXPECT_EQ(copy.picture.height, turns % 2 == 0 ? 40 : 80);
      double sum = 0;
      double sum_x = 0;
      double sum_y = 0;
      for (int y = 0; y < copy.picture.height; ++y) {
        for (int x = 0; x < copy.picture.width; ++x) {
          const int light = pixel(copy.picture, x, y)[1];
          sum += light;
          sum_x += light * x;
          sum_y += light * y;
        }
      }
      const Position spot = copy.to_coded.apply(Position{sum_x / sum, sum_y / sum});
      EXPECT_NEAR(spot.x, 30, 0.2) << turns << mirrored;
      EXPECT_NEAR(spot.y, 60, 0.2) << turns << mirrored;
      // The spot lies left and below the middle; mirrored first, then turned clockwise, as a viewer sees it.
      const Position seen = coded_to_display(facts).apply(Position{30, 60});
      const DisplaySize size = display_size(facts);
      EXPECT_NEAR(sum_x / sum, (seen.x + 0.5) * copy.picture.width / size.width - 0.5, 0.2);
      EXPECT_NEAR(sum_y / sum, (seen.y + 0.5) * copy.picture.height / size.height - 0.5, 0.2);
    }
  }
}

TEST(SmallCopy, QuarterTurnIsClockwise) {
  FrameFacts facts = frame_facts("rgb24", 4, 2);
  facts.orientation.quarter_turns_clockwise = 1;
  const Frame frame = testing::frame_of_codes(facts, [](int, int x, int y) { return 10 * y + x; });
  const SmallCopy copy = make_small_copy(frame, 4);
  ASSERT_EQ(copy.picture.width, 2);
  EXPECT_EQ(pixel(copy.picture, 1, 0)[0], 0) << "the left top corner goes to the right top";
  EXPECT_EQ(pixel(copy.picture, 0, 0)[0], 10);
  EXPECT_EQ(pixel(copy.picture, 1, 3)[0], 3);
}

TEST(SmallCopy, NonsenseAspectIsIgnoredAndOnePixelSurvives) {
  FrameFacts facts = frame_facts("yuv420p", 1, 1);
  facts.sample_aspect_ratio = {1000000, 1};
  const SmallCopy copy = make_small_copy(testing::noise_frame(facts), 640);
  EXPECT_EQ(copy.picture.width, 1);
  EXPECT_EQ(copy.picture.height, 1);
  EXPECT_EQ(make_small_copy(testing::noise_frame(frame_facts("yuv410p", 1000, 1)), 10).picture.height, 1);
}

TEST(SmallCopy, RefusesLayoutsItCannotRead) {
  FrameFacts facts = frame_facts("rgb24", 8, 8);
  facts.layout.editable = false;
  EXPECT_THROW(make_small_copy(allocate_frame(facts), 640), Error);
  EXPECT_THROW(make_small_copy(allocate_frame(frame_facts("rgb24", 8, 8)), 0), Error);
}

TEST(GreyCopy, IsTheLumaInFullRange) {
  for (const std::string& layout : testing::many_layouts()) {
    const Frame frame = frame_of_rgb(frame_facts(layout, 333, 200), [](double, double) -> RgbValues {
      return {0.6, 0.6, 0.6};
    });
    const GreyImage8 grey = make_grey_copy(frame, 160);
    ASSERT_EQ(grey.width, 160);
    ASSERT_EQ(grey.height, 96);
    for (const std::uint8_t sample : grey.samples) ASSERT_NEAR(sample, 153, 1) << layout;
  }
}

}  // namespace
}  // namespace reelface
