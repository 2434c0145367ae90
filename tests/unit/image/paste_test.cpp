// SPDX-License-Identifier: Apache-2.0
#include "reelface/image/paste.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "image/crop.h"
#include "reelface/core/error.h"
#include "support/frames.h"
#include "support/rgb_sample.h"
#include "unit/image/paste_pieces.h"

namespace reelface {
namespace {

using testing::all_codes;
using testing::centred;
using testing::changed;
using testing::code_at;
using testing::frame_facts;
using testing::mask_at;
using testing::noise_frame;
using testing::place_in_crop;
using testing::RgbValues;
using testing::round_mask;
using testing::sample_at;
using testing::turned;

TEST(Paste, AnUnchangedCropChangesNothingInAnyLayout) {
  for (const std::string& layout : testing::many_layouts()) {
    Frame frame = noise_frame(frame_facts(layout, 121, 83));
    const Frame original = frame.share();
    const Affine map = centred(frame.facts(), 64, 0.9, 0.3);
    const RgbImageF crop = extract_crop(frame, map, 64);
    PasteOptions options;
    options.fine_noise_removal = 1;
    paste(frame, map, {crop.view(), crop.view(), MaskImage(64, 64, 1)}, options);
    EXPECT_EQ(frame.plane(0).data, original.plane(0).data) << layout << ": not even copied";
    EXPECT_EQ(all_codes(frame), all_codes(original)) << layout;
  }
}

TEST(Paste, SamplesOutsideTheMaskStayBitForBitInEveryLayout) {
  for (const std::string& layout : testing::many_layouts()) {
    for (const double scale : {0.45, 1.0, 3.1}) {
      const Frame original = noise_frame(frame_facts(layout, 121, 83), 7);
      const FrameFacts& facts = original.facts();
      const Affine map = centred(facts, 64, scale, 0.35);
      const RgbImageF crop = extract_crop(original, map, 64);
      const RgbImageF restored = changed(crop, {0.5, -0.4, 0.3});
      // The box is the hardest: full weight up to its very edge.
      for (const MaskImage& mask : {round_mask(64, 0.4, 0.8), round_mask(64, 0.6, 0.6001)}) {
        Frame frame = original.share();
        paste(frame, map, {crop.view(), restored.view(), mask}, {});
        int inside_changed = 0;
        for (int component = 0; component < facts.layout.component_count; ++component) {
          const bool alpha = facts.layout.has_alpha && component == facts.layout.component_count - 1;
          for (int y = 0; y < component_height(facts, component); ++y) {
            for (int x = 0; x < component_width(facts, component); ++x) {
              const bool same = code_at(frame, component, x, y) == code_at(original, component, x, y);
              const bool outside = alpha || mask_at(mask, place_in_crop(facts, map, component, x, y)) == 0;
              ASSERT_TRUE(same || !outside) << layout << ' ' << scale << ' ' << component << ' ' << x << ' ' << y;
              inside_changed += !outside && !same;
            }
          }
        }
        EXPECT_GT(inside_changed, 20) << layout << ": the test must see something happen";
      }
    }
  }
}

TEST(Paste, TheOtherOwnerOfTheSamplesSeesNothing) {
  Frame frame = noise_frame(frame_facts("nv12", 64, 64));
  const Frame other = frame.share();
  const std::vector<int> before = all_codes(other);
  const RgbImageF crop = extract_crop(frame, Affine{}, 64);
  paste(frame, Affine{}, {crop.view(), changed(crop, {0.2, 0.2, 0.2}).view(), MaskImage(64, 64, 1)}, {});
  EXPECT_EQ(all_codes(other), before);
  EXPECT_NE(all_codes(frame), before);
}

TEST(Paste, AConstantDifferenceLandsOnTheCodesOfEveryLayoutMatrixAndRange) {
  const RgbValues flat = {0.55, 0.45, 0.4};
  const RgbValues by = {0.0313, 0.052, -0.017};
  for (const std::string& layout : testing::many_layouts()) {
    for (const ColourMatrix matrix :
         {ColourMatrix::kBt709, ColourMatrix::kSmpte170m, ColourMatrix::kBt2020Ncl, ColourMatrix::kYcgco}) {
      for (const ColourRange range : {ColourRange::kLimited, ColourRange::kFull}) {
        ColourFacts colour_facts;
        colour_facts.matrix = matrix;
        colour_facts.range = range;
        const FrameFacts facts = frame_facts(layout, 128, 128, colour_facts);
        const ColourConversion colour = colour_conversion(facts);
        Frame frame = testing::frame_of_rgb(facts, [&](double, double) { return flat; });
        const Frame original = frame.share();
        const Affine map = centred(facts, 80, 0.8, 0.2);
        const RgbImageF crop = extract_crop(frame, map, 80);
        paste(frame, map, {crop.view(), changed(crop, by).view(), MaskImage(80, 80, 1)}, {});
        for (int component = 0; component < colour.component_count; ++component) {
          double expected = 0;
          for (int channel = 0; channel < 3; ++channel)
            expected += colour.code_from_rgb[3 * component + channel] * by[channel];
          double sum = 0;
          int count = 0;
          for (int y = component_height(facts, component) * 3 / 8; y < component_height(facts, component) * 5 / 8;
               ++y) {
            for (int x = component_width(facts, component) * 3 / 8; x < component_width(facts, component) * 5 / 8;
                 ++x) {
              const double change = code_at(frame, component, x, y) - code_at(original, component, x, y);
              ASSERT_LT(std::fabs(change - expected), 1.0 + 1e-3) << layout << ' ' << component;
              sum += change;
              ++count;
            }
          }
          EXPECT_NEAR(sum / count, expected, count > 200 ? 0.05 : 0.15) << layout << ' ' << component;
        }
      }
    }
  }
}

TEST(Paste, WholeCodesLandExactlyEverywhere) {
  for (const char* layout : {"gray", "gray16le", "gbrp10le", "rgb24"}) {
    ColourFacts full;
    full.range = ColourRange::kFull;
    const FrameFacts facts = frame_facts(layout, 96, 96, full);
    Frame frame = testing::frame_of_codes(facts, [](int, int x, int y) { return 60 + (x * 7 + y * 13) % 64; });
    const Frame original = frame.share();
    const double five = 5.0 / ((1 << facts.layout.bit_depth()) - 1);
    const Affine map = centred(facts, 64, 0.77, 0.5);
    const RgbImageF crop = extract_crop(frame, map, 64);
    paste(frame, map, {crop.view(), changed(crop, {five, five, five}).view(), MaskImage(64, 64, 1)}, {});
    for (int y = 36; y < 60; ++y) {
      for (int x = 36; x < 60; ++x) ASSERT_EQ(code_at(frame, 0, x, y), code_at(original, 0, x, y) + 5) << layout;
    }
  }
}

/// Where the change of one component has its centre, in frame coordinates.
Position centre_of_change(const Frame& frame, const Frame& original, int component) {
  double sum = 0;
  Position centre;
  for (int y = 0; y < component_height(frame.facts(), component); ++y) {
    for (int x = 0; x < component_width(frame.facts(), component); ++x) {
      const double change = code_at(frame, component, x, y) - code_at(original, component, x, y);
      sum += change;
      centre.x += change * x;
      centre.y += change * y;
    }
  }
  return frame_to_component(frame.facts(), component).inverse().apply(Position{centre.x / sum, centre.y / sum});
}

TEST(Paste, LumaAndChromaLandAtTheSamePlaceForEverySiting) {
  for (const char* layout : {"yuv420p16le", "yuv422p16le", "yuv444p16le", "gbrp16le"}) {
    for (const ChromaLocation location :
         {ChromaLocation::kUnspecified, ChromaLocation::kLeft, ChromaLocation::kCenter, ChromaLocation::kTopLeft,
          ChromaLocation::kTop, ChromaLocation::kBottomLeft, ChromaLocation::kBottom}) {
      for (const double scale : {0.6, 1.0, 2.3}) {
        FrameFacts facts = frame_facts(layout, 160, 160);
        facts.colour.chroma_location = location;
        Frame frame = testing::frame_of_rgb(facts, [](double, double) -> RgbValues { return {0.5, 0.5, 0.5}; });
        const Frame original = frame.share();
        const int size = static_cast<int>(100 * scale);
        const Affine map = turned(scale, 0.25, 10 * scale, -30 * scale);
        const RgbImageF crop = extract_crop(frame, map, size);
        // A reddish spot at a place of the frame that is no sample of it.
        const Position spot{71.3, 68.7};
        RgbImageF restored = crop;
        const Affine back = map.inverse();
        for (int y = 0; y < size; ++y) {
          for (int x = 0; x < size; ++x) {
            const Position place = back.apply(Position{double(x), double(y)});
            const double light =
                0.3 * std::exp(-(std::pow(place.x - spot.x, 2) + std::pow(place.y - spot.y, 2)) / (2 * 5 * 5));
            float* pixel = &sample_at(restored, x, y);
            pixel[0] += static_cast<float>(light);
            pixel[1] += static_cast<float>(light * 0.3);
            pixel[2] += static_cast<float>(light * 0.2);
          }
        }
        paste(frame, map, {crop.view(), restored.view(), MaskImage(size, size, 1)}, {});
        for (int component = 0; component < 3; ++component) {
          const Position centre = centre_of_change(frame, original, component);
          EXPECT_NEAR(centre.x, spot.x, 0.02) << layout << ' ' << int(location) << ' ' << scale << ' ' << component;
          EXPECT_NEAR(centre.y, spot.y, 0.02) << layout << ' ' << int(location) << ' ' << scale << ' ' << component;
        }
      }
    }
  }
}

TEST(Paste, GradientsOfTheDifferenceAreExact) {
  const FrameFacts facts = frame_facts("yuv444p16le", 120, 120);
  Frame frame = testing::frame_of_rgb(facts, [](double, double) -> RgbValues { return {0.5, 0.5, 0.5}; });
  const Frame original = frame.share();
  for (const double scale : {0.5, 2.0}) {
    Frame copy = frame.share();
    const int size = static_cast<int>(80 * scale);
    const Affine map = centred(facts, size, scale, 0.4);
    const RgbImageF crop = extract_crop(copy, map, size);
    RgbImageF restored = crop;
    for (int y = 0; y < size; ++y) {
      for (int x = 0; x < size; ++x) {
        for (int channel = 0; channel < 3; ++channel)
          sample_at(restored, x, y, channel) += static_cast<float>(0.1 * x / size);
      }
    }
    paste(copy, map, {crop.view(), restored.view(), MaskImage(size, size, 1)}, {});
    for (int y = 45; y < 75; ++y) {
      for (int x = 45; x < 75; ++x) {
        const double expected = 0.1 * map.apply(Position{double(x), double(y)}).x / size * 219 * 256;
        ASSERT_NEAR(code_at(copy, 0, x, y) - code_at(original, 0, x, y), expected, 2.0) << scale;
      }
    }
  }
}

TEST(Paste, CodesOutsideTheLegalRangeAreKeptButNeverMade) {
  const FrameFacts facts = frame_facts("yuv420p", 64, 64);
  Frame frame = testing::frame_of_codes(facts, [](int component, int x, int) {
    return component > 0 ? 128 : x < 32 ? 230 : 250;
  });
  const RgbImageF crop = extract_crop(frame, Affine{}, 64);
  paste(frame, Affine{}, {crop.view(), changed(crop, {0.2, 0.2, 0.2}).view(), MaskImage(64, 64, 1)}, {});
  EXPECT_EQ(code_at(frame, 0, 10, 30), 235);
  EXPECT_EQ(code_at(frame, 0, 50, 30), 250);
  paste(frame, Affine{}, {crop.view(), changed(crop, {-2, -2, -2}).view(), MaskImage(64, 64, 1)}, {});
  EXPECT_EQ(code_at(frame, 0, 10, 30), 16);
}

TEST(Paste, StrengthScalesTheDifference) {
  const FrameFacts facts = frame_facts("yuv444p16le", 64, 64);
  const auto change_at = [&](double strength) {
    Frame frame = testing::frame_of_rgb(facts, [](double, double) -> RgbValues { return {0.5, 0.5, 0.5}; });
    const int before = code_at(frame, 0, 32, 32);
    const RgbImageF crop = extract_crop(frame, Affine{}, 64);
    PasteOptions options;
    options.strength = strength;
    paste(frame, Affine{}, {crop.view(), changed(crop, {0.1, 0.1, 0.1}).view(), MaskImage(64, 64, 1)}, options);
    return code_at(frame, 0, 32, 32) - before;
  };
  EXPECT_EQ(change_at(0), 0);
  EXPECT_NEAR(change_at(1), 0.1 * 219 * 256, 1.5);
  EXPECT_NEAR(change_at(0.25), 0.025 * 219 * 256, 1.5);
}

TEST(Paste, GreyFootageStaysGrey) {
  for (const char* layout : {"yuv420p", "rgb24"}) {
    const FrameFacts facts = frame_facts(layout, 64, 64);
    Frame frame = testing::frame_of_rgb(facts, [](double x, double) -> RgbValues {
      return {0.01 * x, 0.01 * x, 0.01 * x};
    });
    const Frame original = frame.share();
    const RgbImageF crop = extract_crop(frame, Affine{}, 64);
    PasteOptions options;
    options.luma_only = true;
    paste(frame, Affine{}, {crop.view(), changed(crop, {0.3, 0, 0}).view(), MaskImage(64, 64, 1)}, options);
    const bool rgb = facts.layout.family == ColourFamily::kRgb;
    const double luma = 0.3 * 0.299 * (rgb ? 255 : 219);
    EXPECT_NEAR(code_at(frame, 0, 20, 20) - code_at(original, 0, 20, 20), luma, 1.0);
    for (int component = 1; component < 3; ++component) {
      const int change = code_at(frame, component, 20, 20) - code_at(original, component, 20, 20);
      EXPECT_EQ(change, rgb ? code_at(frame, 0, 20, 20) - code_at(original, 0, 20, 20) : 0);
    }
  }
}

TEST(Paste, NoiseFinerThanTheCropGoesOnlyWhenAskedAndOnlyInsideTheMask) {
  const FrameFacts facts = frame_facts("gray", 256, 256);
  const auto noise_left = [&](double removal) {
    Frame frame = testing::frame_of_codes(
        facts, [](int, int x, int y) { return 110 + static_cast<int>(testing::hash_of(y * 256 + x) % 33); });
    const Affine map = centred(facts, 64, 0.25, 0);
    const RgbImageF crop = extract_crop(frame, map, 64);
    PasteOptions options;
    options.fine_noise_removal = removal;
    paste(frame, map, {crop.view(), changed(crop, {1e-3, 1e-3, 1e-3}).view(), round_mask(64, 0.7, 0.9)}, options);
    double sum = 0;
    for (int y = 96; y < 160; ++y) {
      for (int x = 96; x < 160; ++x) sum += std::pow(code_at(frame, 0, x, y) - 126.0, 2);
    }
    return std::sqrt(sum / (64 * 64));
  };
  EXPECT_NEAR(noise_left(0), 9.5, 0.5);
  EXPECT_NEAR(noise_left(0.5), 5, 0.7);
  EXPECT_LT(noise_left(1), 2.5);
}

TEST(Paste, WhatIsNotANumberChangesNothing) {
  Frame frame = noise_frame(frame_facts("yuv420p", 64, 64));
  const std::vector<int> before = all_codes(frame);
  const RgbImageF crop = extract_crop(frame, Affine{}, 64);
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double wrong : {std::numeric_limits<double>::quiet_NaN(), infinity, -infinity}) {
    paste(frame, Affine{}, {crop.view(), changed(crop, {wrong, wrong, wrong}).view(), MaskImage(64, 64, 1)}, {});
    EXPECT_EQ(all_codes(frame), before) << wrong;
  }
  // In one pixel: its neighbours, to which filters spread it, are no numbers either, and the rest is pasted.
  RgbImageF restored = changed(crop, {0.2, 0.2, 0.2});
  sample_at(restored, 32, 32) = static_cast<float>(infinity);
  paste(frame, Affine{}, {crop.view(), restored.view(), MaskImage(64, 64, 1)}, {});
  const std::vector<int> after = all_codes(frame);
  EXPECT_EQ(after[32 * 64 + 32], before[32 * 64 + 32]);
  EXPECT_GT(after[16 * 64 + 16], before[16 * 64 + 16]);
}

TEST(Paste, FacesOutsideThePictureAndAtItsEdgeAreFine) {
  for (const double shift : {-1000.0, -40.0, 40.0, 1000.0}) {
    const Frame original = noise_frame(frame_facts("yuv420p10le", 33, 21));
    Frame frame = original.share();
    const Affine map = Affine::scale_and_move(1, 1, shift, shift / 2);
    const RgbImageF crop = extract_crop(frame, map, 64);
    paste(frame, map, {crop.view(), changed(crop, {0.1, 0, 0}).view(), MaskImage(64, 64, 1)}, {});
    EXPECT_EQ(all_codes(frame) != all_codes(original), shift == 40) << shift << ": only there they overlap";
  }
}

TEST(Paste, RefusesPiecesOfDifferentSizes) {
  Frame frame = noise_frame(frame_facts("yuv420p", 64, 64));
  const RgbImageF crop = extract_crop(frame, Affine{}, 32);
  const RgbImageF other(16, 16);
  EXPECT_THROW(paste(frame, Affine{}, {crop.view(), other.view(), MaskImage(32, 32, 1)}, {}), Error);
  EXPECT_THROW(paste(frame, Affine{}, {crop.view(), crop.view(), MaskImage(16, 16, 1)}, {}), Error);
  EXPECT_THROW(paste(frame, Affine{}, {crop.view(), crop.view(), MaskImage()}, {}), Error);
  EXPECT_THROW(paste(frame, Affine{{0, 0, 0, 0, 0, 0}}, {crop.view(), crop.view(), MaskImage(32, 32, 1)}, {}), Error);
}

}  // namespace
}  // namespace reelface
