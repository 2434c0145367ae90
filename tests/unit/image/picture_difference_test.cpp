// SPDX-License-Identifier: Apache-2.0
#include "image/picture_difference.h"

#include <gtest/gtest.h>

#include <cmath>

#include "reelface/core/error.h"
#include "reelface/image/frame_picture.h"
#include "support/frames.h"

namespace reelface {
namespace {

using namespace testing;

RgbValues soft_colours(double x, double y) {
  return {0.5 + 0.2 * std::sin(x / 19), 0.45 + 0.15 * std::cos(y / 23), 0.5 + 0.1 * std::sin((x + y) / 31)};
}

RgbImageF brighter(const RgbImageF& picture, float red, float green, float blue) {
  RgbImageF result = picture;
  for (std::size_t i = 0; i < result.samples.size(); i += 3) {
    result.samples[i] += red;
    result.samples[i + 1] += green;
    result.samples[i + 2] += blue;
  }
  return result;
}

/// Another colour in each place, slowly from one to the next: smaller components have to find theirs.
RgbImageF tinted(const RgbImageF& picture) {
  RgbImageF result = picture;
  const auto width = static_cast<float>(picture.width), height = static_cast<float>(picture.height);
  std::size_t at = 0;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x, at += 3) {
      const float across = static_cast<float>(x) / width, down = static_cast<float>(y) / height;
      result.samples[at] += 0.2F * across - 0.1F;
      result.samples[at + 1] += 0.05F - 0.1F * down;
      result.samples[at + 2] += 0.2F * down - 0.1F;
    }
  }
  return result;
}

double largest_error(const RgbImageF& found, const RgbImageF& wanted) {
  double largest = 0;
  for (std::size_t i = 0; i < found.samples.size(); ++i)
    largest =
        std::max(largest, std::abs(static_cast<double>(found.samples[i]) - static_cast<double>(wanted.samples[i])));
  return largest;
}

TEST(PictureDifference, OfEqualPicturesChangesNoBit) {
  for (const std::string& name : many_layouts()) {
    Frame frame = noise_frame(frame_facts(name, 37, 23));
    const std::vector<int> before = all_codes(frame);
    const RgbImageF picture = frame_picture(frame);
    add_difference(frame, picture.view(), picture.view(), 1);
    EXPECT_EQ(all_codes(frame), before) << name;
  }
}

TEST(PictureDifference, LandsInEveryLayout) {
  for (const std::string& name : many_layouts()) {
    const FrameFacts facts = frame_facts(name, 66, 44);
    Frame frame = frame_of_rgb(facts, soft_colours);
    const RgbImageF before = frame_picture(frame);
    const bool is_grey = facts.layout.family == ColourFamily::kGray;
    const RgbImageF after = is_grey ? brighter(before, 0.1F, 0.1F, 0.1F) : tinted(before);
    add_difference(frame, before.view(), after.view(), 1);
    EXPECT_LT(largest_error(frame_picture(frame), after), facts.layout.bit_depth() == 8 ? 0.02 : 0.006) << name;
  }
}

TEST(PictureDifference, HalfTheStrengthIsHalfTheDifference) {
  Frame frame = frame_of_rgb(frame_facts("yuv444p16le", 40, 30), soft_colours);
  const RgbImageF before = frame_picture(frame);
  add_difference(frame, before.view(), brighter(before, 0.2F, 0.2F, 0.2F).view(), 0.5F);
  EXPECT_LT(largest_error(frame_picture(frame), brighter(before, 0.1F, 0.1F, 0.1F)), 0.001);
}

TEST(PictureDifference, LeavesAlphaAndOtherOwnersAlone) {
  Frame frame = frame_of_rgb(frame_facts("yuva420p", 32, 32), soft_colours);
  const Frame other = frame.share();
  const std::vector<int> before = all_codes(other);
  const RgbImageF picture = frame_picture(frame);
  add_difference(frame, picture.view(), brighter(picture, 0.2F, 0.2F, 0.2F).view(), 1);
  EXPECT_EQ(all_codes(other), before);
  for (int y = 0; y < 32; ++y) ASSERT_EQ(code_at(frame, 3, y, y), 77);
}

TEST(PictureDifference, GreyStaysGrey) {
  const auto grey = [](double x, double) -> RgbValues { return {0.2 + x / 100, 0.2 + x / 100, 0.2 + x / 100}; };
  for (const char* name : {"yuv420p", "yuv422p10le", "nv12", "rgb24", "gbrp10le"}) {
    Frame frame = frame_of_rgb(frame_facts(name, 48, 32), grey);
    const RgbImageF before = frame_picture(frame);
    add_difference(frame, before.view(), brighter(before, 0.12F, 0.04F, -0.03F).view(), 1);
    const RgbImageF after = frame_picture(frame);
    for (std::size_t i = 0; i < after.samples.size(); i += 3) {
      ASSERT_NEAR(after.samples[i], after.samples[i + 1], 0.011) << name;
      ASSERT_NEAR(after.samples[i + 2], after.samples[i + 1], 0.011) << name;
      ASSERT_NEAR(after.samples[i + 1] - before.samples[i + 1], 0.056, 0.008) << name;
    }
  }
}

TEST(PictureDifference, RefusesAnotherSize) {
  Frame frame = frame_of_rgb(frame_facts("yuv420p", 32, 32), soft_colours);
  const RgbImageF fits(32, 32), other(16, 32);
  EXPECT_THROW(add_difference(frame, fits.view(), other.view(), 1), Error);
  EXPECT_THROW(add_difference(frame, other.view(), fits.view(), 1), Error);
}

}  // namespace
}  // namespace reelface
