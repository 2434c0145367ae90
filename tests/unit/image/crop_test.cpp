// SPDX-License-Identifier: Apache-2.0
#include "image/crop.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "image/display_geometry.h"
#include "reelface/core/error.h"
#include "support/frames.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

using testing::frame_facts;
using testing::frame_of_rgb;
using testing::RgbValues;
using testing::sample_at;

RgbValues gradient(double x, double y) {
  return {0.2 + 0.002 * x, 0.2 + 0.002 * y, 0.7 - 0.001 * x};
}

Affine turned(double scale, double angle, double x, double y) {
  return {{scale * std::cos(angle), -scale * std::sin(angle), x, scale * std::sin(angle), scale * std::cos(angle), y}};
}

/// One code of the frame's own depth, in RGB.
double one_code(const FrameFacts& facts) {
  return 1.0 / (219 << (facts.layout.bit_depth() - 8));
}

TEST(ExtractCrop, GradientsAreExactInEveryLayoutMatrixAndRange) {
  for (const std::string& layout : testing::many_layouts()) {
    for (const ColourMatrix matrix :
         {ColourMatrix::kBt709, ColourMatrix::kSmpte170m, ColourMatrix::kBt2020Ncl, ColourMatrix::kYcgco}) {
      for (const ColourRange range : {ColourRange::kLimited, ColourRange::kFull}) {
        FrameFacts facts = frame_facts(layout, 120, 100);
        facts.colour.matrix = matrix;
        facts.colour.range = range;
        facts.colour.chroma_location = ChromaLocation::kTopLeft;
        const bool gray = facts.layout.family == ColourFamily::kGray;
        const auto picture = [&](double x, double y) -> RgbValues {
          const RgbValues rgb = gradient(x, y);
          return gray ? RgbValues{rgb[0], rgb[0], rgb[0]} : rgb;
        };
        const Frame frame = frame_of_rgb(facts, picture);
        const Affine map = turned(0.9, 0.3, -18, -38);
        const RgbImageF crop = extract_crop(frame, map, 32, CropBorder::kReplicate);
        const Affine back = map.inverse();
        for (int y = 0; y < 32; ++y) {
          for (int x = 0; x < 32; ++x) {
            const Position place = back.apply(Position{double(x), double(y)});
            const RgbValues expected = picture(place.x, place.y);
            for (int channel = 0; channel < 3; ++channel) {
              ASSERT_NEAR(sample_at(crop, x, y, channel), expected[channel], 2.5 * one_code(facts)) << layout;
            }
          }
        }
      }
    }
  }
}

TEST(ExtractCrop, BorderIsGfpgansGrayOrTheEdge) {
  for (const char* layout : {"yuv420p", "rgb24", "yuv422p10le"}) {
    const Frame frame = frame_of_rgb(frame_facts(layout, 64, 64), [](double, double) -> RgbValues {
      return {0.1, 0.8, 0.3};
    });
    const Affine far_left = Affine::scale_and_move(1, 1, 200, 0);
    const RgbImageF gray = extract_crop(frame, far_left, 16);
    EXPECT_NEAR(gray.samples[0], 132 / 255.0, 1e-3);
    EXPECT_NEAR(gray.samples[1], 133 / 255.0, 1e-3);
    EXPECT_NEAR(gray.samples[2], 135 / 255.0, 1e-3);
    const RgbImageF edge = extract_crop(frame, far_left, 16, CropBorder::kReplicate);
    EXPECT_NEAR(edge.samples[0], 0.1, 0.01);
    EXPECT_NEAR(edge.samples[1], 0.8, 0.01);
  }
}

TEST(ExtractCrop, ZonePlateStaysQuietWhereItIsTooFine) {
  // Rings that get finer outwards; the crop is four times smaller, so beyond the ring of an eighth of a cycle per
  // sample only gray may be left.
  const FrameFacts facts = frame_facts("gray", 512, 512);
  const double ring = 0.5 / 256;
  const Frame frame = frame_of_rgb(facts, [&](double x, double y) -> RgbValues {
    const double r2 = (x - 255.5) * (x - 255.5) + (y - 255.5) * (y - 255.5);
    const double light = 0.5 + 0.45 * std::cos(3.14159265358979 * ring * r2);
    return {light, light, light};
  });
  const RgbImageF crop = extract_crop(frame, Affine::scale_and_move(0.25, 0.25, -0.375, -0.375), 128);
  double worst = 0;
  double inside = 0;
  for (int y = 0; y < 128; ++y) {
    for (int x = 0; x < 128; ++x) {
      const double radius = 4 * std::hypot(x - 63.5, y - 63.5);
      const double frequency = ring * radius;
      const double contrast = std::fabs(sample_at(crop, x, y) - 0.5);
      // The multiples of the crop's own rate are where averaging in blocks has its zeros; nothing may pass between
      // them.
      if (frequency > 0.2 && radius < 250) worst = std::max(worst, contrast);
      if (frequency < 0.06) inside = std::max(inside, contrast);
    }
  }
  EXPECT_LT(worst, 0.08);
  EXPECT_GT(inside, 0.40);
}

TEST(ExtractCrop, TurnedAndStretchedFramesGiveUprightFaces) {
  FrameFacts facts = frame_facts("yuv420p", 160, 120);
  facts.orientation = {1, true};
  facts.sample_aspect_ratio = {3, 2};
  const Affine to_display = coded_to_display(facts);
  // A picture that is simple where the viewer sees it.
  const Frame frame = frame_of_rgb(facts, [&](double x, double y) {
    const Position seen = to_display.apply(Position{x, y});
    return gradient(seen.x, seen.y);
  });
  const Affine display_to_crop = turned(0.8, -0.2, -10, -20);
  const RgbImageF crop = extract_crop(frame, chain(to_display, display_to_crop), 32, CropBorder::kReplicate);
  const Affine back = display_to_crop.inverse();
  for (int y = 0; y < 32; ++y) {
    for (int x = 0; x < 32; ++x) {
      const Position place = back.apply(Position{double(x), double(y)});
      for (int channel = 0; channel < 3; ++channel) {
        EXPECT_NEAR(sample_at(crop, x, y, channel), gradient(place.x, place.y)[channel], 0.012) << x << ' ' << y;
      }
    }
  }
}

TEST(ExtractCrop, RefusesMatricesAndSizesThatAreNone) {
  const Frame frame = allocate_frame(frame_facts("yuv420p", 16, 16));
  EXPECT_THROW(extract_crop(frame, Affine{{0, 0, 0, 0, 0, 0}}, 16), Error);
  EXPECT_THROW(extract_crop(frame, Affine{{std::numeric_limits<double>::quiet_NaN(), 0, 0, 0, 1, 0}}, 16), Error);
  EXPECT_THROW(extract_crop(frame, Affine{}, 0), Error);
  EXPECT_THROW(extract_crop(frame, Affine{}, 1 << 20), Error);
  // Absurd but possible: the whole frame is less than a pixel of the crop, or one pixel is all of the crop.
  EXPECT_EQ(extract_crop(frame, Affine::scale_and_move(1e-7, 1e-7, 3, 3), 16).width, 16);
  EXPECT_EQ(extract_crop(frame, Affine::scale_and_move(1e7, 1e7, 0, 0), 16).width, 16);
  EXPECT_EQ(extract_crop(frame, Affine::scale_and_move(1, 1, 1e15, -1e15), 16).width, 16);
}

}  // namespace
}  // namespace reelface
