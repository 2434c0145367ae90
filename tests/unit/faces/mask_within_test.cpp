// SPDX-License-Identifier: Apache-2.0
#include "faces/mask_within.h"

#include <gtest/gtest.h>

#include <cmath>

#include "reelface/image/paste.h"
#include "support/frames.h"

namespace reelface {
namespace {

using testing::code_at;
using testing::frame_facts;

/// A face that lies across the area's edges, turned and scaled as `scale` and `angle` say.
Affine across(double scale, double angle) {
  const double c = scale * std::cos(angle), s = scale * std::sin(angle);
  // The frame's 40, 30 is the crop's middle.
  return {{c, -s, 32 - c * 40 + s * 30, s, c, 32 - s * 40 - c * 30}};
}

TEST(MaskWithin, NothingOutsideChangesAndAllInsideDoes) {
  const PictureArea area{36, 20, 12, 16};
  for (const char* layout : {"yuv420p", "nv12", "yuv420p10le", "rgb24"}) {
    for (const double scale : {0.7, 1.0, 3.3}) {
      for (const double angle : {0.0, 0.4, 1.9}) {
        Frame frame = testing::noise_frame(frame_facts(layout, 80, 60));
        const Frame before = frame.share();
        const Affine frame_to_crop = across(scale, angle);
        MaskImage mask(64, 64, 1);
        keep_mask_within(area, frame_to_crop, mask);
        RgbImageF crop(64, 64), restored(64, 64);
        for (float& sample : crop.samples) sample = 0.2F;
        for (float& sample : restored.samples) sample = 0.9F;
        paste(frame, frame_to_crop, {crop.view(), restored.view(), mask});
        int changed = 0;
        for (int y = 0; y < 60; ++y) {
          for (int x = 0; x < 80; ++x) {
            const bool is_inside = x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
            const bool is_changed = code_at(frame, 0, x, y) != code_at(before, 0, x, y);
            ASSERT_TRUE(is_inside || !is_changed) << layout << " " << scale << " " << angle << " " << x << "," << y;
            changed += is_changed;
          }
        }
        EXPECT_GT(changed, area.width * area.height / 2) << layout << " " << scale << " " << angle;
      }
    }
  }
}

TEST(MaskWithin, WhatIsToStayDoesAndTheRestChanges) {
  cv::Mat area(60, 80, CV_8U, cv::Scalar(0));
  area(cv::Rect(0, 0, 38, 60)).setTo(255);
  area(cv::Rect(38, 34, 42, 26)).setTo(255);
  for (const char* layout : {"yuv420p", "nv12", "yuv420p10le", "rgb24"}) {
    for (const double scale : {0.7, 1.0, 3.3}) {
      for (const double angle : {0.0, 0.4, 1.9}) {
        Frame frame = testing::noise_frame(frame_facts(layout, 80, 60));
        const Frame before = frame.share();
        const Affine frame_to_crop = across(scale, angle);
        MaskImage mask(64, 64, 1);
        EXPECT_TRUE(keep_mask_out_of(area, frame_to_crop, mask));
        RgbImageF crop(64, 64), restored(64, 64);
        for (float& sample : crop.samples) sample = 0.2F;
        for (float& sample : restored.samples) sample = 0.9F;
        paste(frame, frame_to_crop, {crop.view(), restored.view(), mask});
        int changed = 0;
        for (int component = 0; component < 3; ++component) {
          const int shift_x = component_width(frame.facts(), component) < 80 ? 1 : 0;
          const int shift_y = component_height(frame.facts(), component) < 60 ? 1 : 0;
          for (int y = 0; y < component_height(frame.facts(), component); ++y) {
            for (int x = 0; x < component_width(frame.facts(), component); ++x) {
              const bool stays = area.at<std::uint8_t>(y << shift_y, x << shift_x) != 0;
              const bool is_changed = code_at(frame, component, x, y) != code_at(before, component, x, y);
              ASSERT_FALSE(stays && is_changed) << layout << " " << scale << " " << angle << " " << x << "," << y;
              changed += is_changed;
            }
          }
        }
        EXPECT_GT(changed, 60) << layout << " " << scale << " " << angle;
      }
    }
  }
}

TEST(MaskWithin, AMaskOfWhichNothingIsLeftSaysSo) {
  const cv::Mat all(60, 80, CV_8U, cv::Scalar(255)), none(60, 80, CV_8U, cv::Scalar(0));
  MaskImage mask(64, 64, 1);
  EXPECT_TRUE(keep_mask_out_of(none, across(1, 0.3), mask));
  for (const float weight : mask.weights) EXPECT_EQ(weight, 1);
  MaskImage within(8, 8, 1);
  EXPECT_FALSE(keep_mask_out_of(all, Affine::scale_and_move(1, 1, -40, -30), within));
}

TEST(MaskWithin, WhatLiesWholeInsideLosesNothing) {
  MaskImage mask(64, 64, 1);
  keep_mask_within({-40, -40, 640, 480}, across(1, 0.3), mask);
  for (const float weight : mask.weights) EXPECT_EQ(weight, 1);
}

}  // namespace
}  // namespace reelface
