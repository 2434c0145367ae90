// SPDX-License-Identifier: Apache-2.0
#include "reelface/image/frame_picture.h"

#include <gtest/gtest.h>

#include <cmath>

#include "reelface/core/error.h"
#include "support/frames.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

using namespace testing;

RgbValues soft_colours(double x, double y) {
  return {0.5 + 0.3 * std::sin(x / 19), 0.45 + 0.25 * std::cos(y / 23), 0.5 + 0.2 * std::sin((x + y) / 31)};
}

/// The largest difference to the function the frame was made from, a few pixels away from the edges.
double largest_error(const RgbImageF& picture, int margin) {
  double largest = 0;
  for (int y = margin; y < picture.height - margin; ++y) {
    for (int x = margin; x < picture.width - margin; ++x) {
      const RgbValues expected = soft_colours(x, y);
      for (int c = 0; c < 3; ++c) {
        const float found = sample_at(picture, x, y, c);
        largest = std::max(largest, std::fabs(expected[static_cast<std::size_t>(c)] - static_cast<double>(found)));
      }
    }
  }
  return largest;
}

TEST(FramePicture, ReadsEveryLayoutAtItsPlace) {
  for (const std::string& name : many_layouts()) {
    const FrameFacts facts = frame_facts(name, 67, 45);
    const RgbImageF picture = frame_picture(frame_of_rgb(facts, soft_colours));
    if (facts.layout.family == ColourFamily::kGray) {
      EXPECT_EQ(picture.samples[0], picture.samples[2]) << name;
      continue;
    }
    EXPECT_LT(largest_error(picture, 4), facts.layout.bit_depth() == 8 ? 0.012 : 0.006) << name;
  }
}

TEST(FramePicture, HonoursChromaLocation) {
  for (const auto location :
       {ChromaLocation::kLeft, ChromaLocation::kCenter, ChromaLocation::kTopLeft, ChromaLocation::kBottom}) {
    ColourFacts colour;
    colour.chroma_location = location;
    const FrameFacts facts = frame_facts("yuv420p16le", 66, 44, colour);
    EXPECT_LT(largest_error(frame_picture(frame_of_rgb(facts, soft_colours)), 4), 0.002);
  }
}

TEST(StorePicture, ComesBackFromEveryLayout) {
  for (const std::string& name : many_layouts()) {
    const FrameFacts facts = frame_facts(name, 67, 45);
    if (facts.layout.family == ColourFamily::kGray) continue;
    RgbImageF picture(67, 45);
    for (int y = 0; y < 45; ++y) {
      for (int x = 0; x < 67; ++x) {
        const RgbValues values = soft_colours(x, y);
        for (int c = 0; c < 3; ++c) {
          sample_at(picture, x, y, c) = static_cast<float>(values[static_cast<std::size_t>(c)]);
        }
      }
    }
    Frame frame = allocate_frame(facts);
    store_picture(frame, picture.view());
    EXPECT_LT(largest_error(frame_picture(frame), 4), facts.layout.bit_depth() == 8 ? 0.012 : 0.006) << name;
  }
}

TEST(StorePicture, OfWhatWasReadChangesNothingAtFullChroma) {
  for (const char* name : {"yuv444p", "gbrp", "rgb24", "yuv444p12le", "gray", "gray10le"}) {
    const Frame frame = frame_of_rgb(frame_facts(name, 33, 21), soft_colours);
    Frame copy = allocate_frame(frame.facts());
    store_picture(copy, frame_picture(frame).view());
    EXPECT_EQ(all_codes(copy), all_codes(frame)) << name;
  }
}

TEST(StorePicture, ClampsAndLeavesAlphaAlone) {
  Frame frame = frame_of_rgb(frame_facts("yuva420p", 8, 8), soft_colours);
  RgbImageF wild(8, 8);
  for (std::size_t i = 0; i < wild.samples.size(); ++i) wild.samples[i] = i % 2 ? 7.0F : -3.0F;
  store_picture(frame, wild.view());
  EXPECT_EQ(code_at(frame, 3, 4, 4), 77);
  for (int x = 0; x < 8; ++x) {
    EXPECT_GE(code_at(frame, 0, x, 3), 16);
    EXPECT_LE(code_at(frame, 0, x, 3), 235);
  }
}

TEST(StorePicture, TinyAndMismatchedSizes) {
  for (const auto& [width, height] : {std::pair{1, 1}, {1, 5}, {3, 1}, {2, 2}}) {
    Frame frame = frame_of_rgb(frame_facts("yuv420p", width, height), soft_colours);
    const RgbImageF picture = frame_picture(frame);
    store_picture(frame, picture.view());
    EXPECT_EQ(frame_picture(frame).width, width);
  }
  Frame frame = allocate_frame(frame_facts("yuv420p", 8, 8));
  EXPECT_THROW(store_picture(frame, RgbImageF(8, 9).view()), Error);
}

}  // namespace
}  // namespace reelface
