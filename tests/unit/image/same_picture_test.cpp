// SPDX-License-Identifier: Apache-2.0
#include "image/same_picture.h"

#include <gtest/gtest.h>

#include "support/frames.h"

namespace reelface {
namespace {

using testing::frame_facts;
using testing::noise_frame;

TEST(SamePicture, OneSampleOfOneComponentMakesAnother) {
  for (const std::string& layout : testing::many_layouts()) {
    const FrameFacts facts = frame_facts(layout, 15, 7);
    const Frame one = noise_frame(facts), other = noise_frame(facts);
    EXPECT_TRUE(is_same_picture(one, other)) << layout;
    EXPECT_TRUE(is_same_picture(one, one.share())) << layout;
    for (int component = 0; component < facts.layout.component_count; ++component) {
      const int x = component_width(facts, component) - 1, y = component_height(facts, component) - 1;
      const int code = testing::code_at(other, component, x, y);
      testing::set_code(other, component, x, y, code ^ 1);
      EXPECT_FALSE(is_same_picture(one, other)) << layout << " " << component;
      testing::set_code(other, component, x, y, code);
    }
    EXPECT_TRUE(is_same_picture(one, other)) << layout;
  }
}

TEST(SamePicture, WhatLiesBesideThePictureDoesNotCount) {
  const FrameFacts facts = frame_facts("yuv420p", 15, 7);
  const Frame one = noise_frame(facts), other = noise_frame(facts);
  for (int number = 0; number < facts.layout.plane_count; ++number) {
    const Plane plane = other.plane(number);
    for (int row = 0; row < plane.height; ++row) plane.data[row * plane.stride + plane.width] ^= 0xFF;
  }
  EXPECT_TRUE(is_same_picture(one, other));
}

TEST(SamePicture, TimesDoNotCountAndDamageDoes) {
  const FrameFacts facts = frame_facts("yuv420p", 16, 8);
  const Frame one = noise_frame(facts);
  Frame later = noise_frame(facts);
  later.facts().pts = 77;
  later.facts().duration = 5;
  EXPECT_TRUE(is_same_picture(one, later));
  later.facts().damaged = true;
  EXPECT_FALSE(is_same_picture(one, later));
}

TEST(SamePicture, SizeAndFormatCount) {
  // All black: the bytes are the same.
  const Frame one = allocate_frame(frame_facts("yuv444p", 16, 8));
  EXPECT_FALSE(is_same_picture(one, allocate_frame(frame_facts("yuv444p", 8, 8))));
  EXPECT_FALSE(is_same_picture(one, allocate_frame(frame_facts("yuv444p", 16, 4))));
  EXPECT_FALSE(is_same_picture(one, allocate_frame(frame_facts("gbrp", 16, 8))));
}

TEST(SamePicture, OfWhatNobodyCanReadNothingIsKnown) {
  FrameFacts facts = frame_facts("gray", 16, 8);
  facts.layout.editable = false;
  const Frame one = allocate_frame(facts);
  EXPECT_FALSE(is_same_picture(one, one.share()));
}

}  // namespace
}  // namespace reelface
