// SPDX-License-Identifier: Apache-2.0
#include "image/viewed_picture.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>

#include "reelface/image/frame_picture.h"

namespace reelface {
namespace {

Frame rgb_frame(int width, int height, const DisplayOrientation& orientation = {}) {
  FrameFacts facts;
  facts.width = width;
  facts.height = height;
  facts.layout = pixel_layout("rgb24");
  facts.colour.range = ColourRange::kFull;
  facts.orientation = orientation;
  Frame frame = allocate_frame(facts);
  for (int y = 0; y < height; ++y) {
    std::uint8_t* sample = frame.plane(0).data + std::ptrdiff_t{y} * frame.plane(0).stride;
    for (int x = 0; x < width; ++x) {
      *sample++ = static_cast<std::uint8_t>(10 * x);
      *sample++ = static_cast<std::uint8_t>(10 * y);
      *sample++ = 77;
    }
  }
  return frame;
}

std::array<int, 3> pixel(const RgbImage8& picture, int x, int y) {
  const std::uint8_t* samples = picture.samples.data() + std::size_t{3} * (std::size_t(y) * picture.width + x);
  return {samples[0], samples[1], samples[2]};
}

TEST(ViewedPicture, IsTheFramesPixels) {
  const RgbImage8 picture = viewed_picture(rgb_frame(7, 5));
  ASSERT_EQ(picture.width, 7);
  ASSERT_EQ(picture.height, 5);
  for (int y = 0; y < 5; ++y) {
    for (int x = 0; x < 7; ++x) EXPECT_EQ(pixel(picture, x, y), (std::array<int, 3>{10 * x, 10 * y, 77}));
  }
}

TEST(ViewedPicture, IsTurned) {
  const RgbImage8 clockwise = viewed_picture(rgb_frame(7, 5, {1, false}));
  ASSERT_EQ(clockwise.width, 5);
  ASSERT_EQ(clockwise.height, 7);
  EXPECT_EQ(pixel(clockwise, 4, 0), (std::array<int, 3>{0, 0, 77}));   // what was on top at the left
  EXPECT_EQ(pixel(clockwise, 0, 0), (std::array<int, 3>{0, 40, 77}));  // and at the bottom
  const RgbImage8 mirrored = viewed_picture(rgb_frame(7, 5, {0, true}));
  EXPECT_EQ(pixel(mirrored, 0, 2), (std::array<int, 3>{60, 20, 77}));
}

TEST(ViewedPicture, StaysWithinEightBits) {
  FrameFacts facts;
  facts.width = facts.height = 4;
  facts.layout = pixel_layout("gray10le");
  facts.colour.range = ColourRange::kLimited;
  Frame frame = allocate_frame(facts);  // blacker than black
  for (int y = 0; y < 4; ++y) {
    auto* row = reinterpret_cast<std::uint16_t*>(frame.plane(0).data + y * frame.plane(0).stride);
    row[3] = 1023;  // whiter than white
  }
  const RgbImage8 picture = viewed_picture(frame);
  EXPECT_EQ(pixel(picture, 0, 0), (std::array<int, 3>{0, 0, 0}));
  EXPECT_EQ(pixel(picture, 3, 0), (std::array<int, 3>{255, 255, 255}));
}

}  // namespace
}  // namespace reelface
