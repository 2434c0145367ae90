// SPDX-License-Identifier: Apache-2.0
#include "image/overlay.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "image/crop.h"
#include "reelface/core/error.h"
#include "support/frames.h"
#include "support/mask_weight.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

using testing::all_codes;
using testing::code_at;
using testing::frame_facts;
using testing::noise_frame;

TEST(SideBySide, HoldsBothPicturesBitForBitInEveryLayout) {
  for (const std::string& layout : testing::many_layouts()) {
    for (const int turns : {0, 1}) {
      FrameFacts facts = frame_facts(layout, 35, 21);
      facts.orientation.quarter_turns_clockwise = turns;
      const Frame before = noise_frame(facts, 1);
      const Frame after = noise_frame(facts, 2);
      const Frame both = side_by_side(before, after);
      const int step_x = turns == 0 ? both.facts().width - 35 : 0;
      const int step_y = turns == 1 ? both.facts().height - 21 : 0;
      EXPECT_EQ(step_x % (1 << facts.layout.chroma_shift_x), 0);
      for (int component = 0; component < facts.layout.component_count; ++component) {
        const Position scale = {frame_to_component(facts, component).rows[0],
                                frame_to_component(facts, component).rows[4]};
        for (int y = 0; y < component_height(facts, component); ++y) {
          for (int x = 0; x < component_width(facts, component); ++x) {
            ASSERT_EQ(code_at(both, component, x, y), code_at(before, component, x, y)) << layout;
            ASSERT_EQ(code_at(both, component, x + int(step_x * scale.x), y + int(step_y * scale.y)),
                      code_at(after, component, x, y))
                << layout;
          }
        }
      }
    }
  }
}

TEST(SplitView, IsBeforeOnTheLeftAndAfterOnTheRight) {
  const FrameFacts facts = frame_facts("yuv420p10le", 64, 32);
  const Frame before = noise_frame(facts, 1);
  const Frame after = noise_frame(facts, 2);
  const std::vector<int> kept = all_codes(after);
  const Frame split = split_view(before, after);
  for (int component = 0; component < 3; ++component) {
    const int width = component_width(facts, component);
    for (int y = 0; y < component_height(facts, component); ++y) {
      for (int x = 0; x < width / 2 - 3; ++x)
        ASSERT_EQ(code_at(split, component, x, y), code_at(before, component, x, y));
      for (int x = width / 2 + 3; x < width; ++x)
        ASSERT_EQ(code_at(split, component, x, y), code_at(after, component, x, y));
    }
  }
  EXPECT_EQ(code_at(split, 0, 31, 16), 940) << "a white line between";
  EXPECT_EQ(all_codes(after), kept);
  EXPECT_THROW(split_view(before, noise_frame(frame_facts("yuv420p10le", 64, 30))), Error);
}

TEST(DrawLine, HasItsColourAndItsPlaceInEveryLayout) {
  for (const std::string& layout : testing::many_layouts()) {
    FrameFacts facts = frame_facts(layout, 96, 64);
    Frame frame = testing::frame_of_rgb(facts, [](double, double) -> testing::RgbValues { return {0.2, 0.2, 0.2}; });
    const Frame original = frame.share();
    draw_line(frame, {20, 32}, {70, 32}, 15, {0.9, 0.5, 0.1});
    const RgbImageF picture = extract_crop(frame, Affine{}, 96, CropBorder::kReplicate);
    const float* on = &testing::sample_at(picture, 45, 32);
    if (facts.layout.family != ColourFamily::kGray) {
      EXPECT_NEAR(on[0], 0.9, 0.03) << layout;
      EXPECT_NEAR(on[2], 0.1, 0.03) << layout;
    }
    for (const auto& [x, y] : {std::pair{45, 20}, std::pair{45, 44}, std::pair{5, 32}, std::pair{90, 32}}) {
      EXPECT_EQ(code_at(frame, 0, x, y), code_at(original, 0, x, y)) << layout;
    }
  }
}

TEST(DrawLine, OutsideThePictureOrNowhereIsFine) {
  Frame frame = noise_frame(frame_facts("yuv420p", 16, 16));
  const std::vector<int> before = all_codes(frame);
  draw_line(frame, {-500, -500}, {-400, -300}, 3, {1, 0, 0});
  draw_line(frame, {std::numeric_limits<double>::quiet_NaN(), 0}, {1, 1}, 3, {1, 0, 0});
  EXPECT_EQ(all_codes(frame), before);
  draw_line(frame, {-1e9, 8}, {1e9, 8}, 1, {1, 1, 1});
  EXPECT_EQ(code_at(frame, 0, 8, 8), 235);
}

TEST(DrawCropOutline, RunsThroughTheCornersOfTheCrop) {
  Frame frame = testing::frame_of_codes(frame_facts("gray", 100, 100), [](int, int, int) { return 0; });
  draw_crop_outline(frame, Affine::scale_and_move(0.5, 0.5, -10, -10), 20, 2, {1, 1, 1});
  // The crop shows samples 19 to 59.
  EXPECT_GT(code_at(frame, 0, 19, 40), 200);
  EXPECT_GT(code_at(frame, 0, 59, 40), 200);
  EXPECT_GT(code_at(frame, 0, 40, 59), 200);
  EXPECT_EQ(code_at(frame, 0, 40, 40), 0);
  EXPECT_EQ(code_at(frame, 0, 70, 40), 0);
}

TEST(DrawNumber, DigitsDiffer) {
  std::vector<std::vector<int>> pictures;
  for (int digit = 0; digit < 10; ++digit) {
    Frame frame = testing::frame_of_codes(frame_facts("gray", 40, 40), [](int, int, int) { return 0; });
    draw_number(frame, {8, 8}, 20, digit, {1, 1, 1});
    pictures.push_back(all_codes(frame));
    for (int other = 0; other < digit; ++other) EXPECT_NE(pictures[other], pictures[digit]) << other << ' ' << digit;
  }
}

TEST(TintMask, ColoursTheMaskOnly) {
  const FrameFacts facts = frame_facts("yuv422p", 64, 64);
  Frame frame = noise_frame(facts);
  const Frame original = frame.share();
  MaskImage mask(32, 32);
  for (int y = 8; y < 24; ++y) {
    for (int x = 8; x < 24; ++x) testing::weight_at(mask, x, y) = 1;
  }
  tint_mask(frame, Affine::scale_and_move(1, 1, -16, -16), mask, 1, {0, 1, 0});
  const std::array<double, 3> green = colour_conversion(facts).code({0, 1, 0});
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) {
      const bool inside = x >= 24 && x < 40 && y >= 24 && y < 40;
      ASSERT_EQ(code_at(frame, 0, x, y), inside ? std::lround(green[0]) : code_at(original, 0, x, y)) << x << ' ' << y;
    }
  }
}

}  // namespace
}  // namespace reelface
