// SPDX-License-Identifier: Apache-2.0
#include "image/area_copy.h"

#include <gtest/gtest.h>

#include "support/frames.h"

namespace reelface {
namespace {

using testing::code_at;
using testing::frame_facts;

constexpr int kWidth = 31, kHeight = 18;

TEST(AreaCopy, EverySampleIsThatOfOneFrameOrTheOther) {
  cv::Mat area(kHeight, kWidth, CV_8U, cv::Scalar(0));
  area(cv::Rect(5, 3, 10, 7)).setTo(255);
  area(cv::Rect(30, 17, 1, 1)).setTo(255);
  for (const std::string& layout : testing::many_layouts()) {
    const FrameFacts facts = frame_facts(layout, kWidth, kHeight);
    const Frame from = testing::noise_frame(facts, 1), before = testing::noise_frame(facts, 2);
    Frame to = testing::noise_frame(facts, 2);
    copy_area(from, area, to);
    for (int component = 0; component < facts.layout.component_count; ++component) {
      const bool is_chroma =
          component_width(facts, component) != kWidth || component_height(facts, component) != kHeight;
      for (int y = 0; y < component_height(facts, component); ++y) {
        for (int x = 0; x < component_width(facts, component); ++x) {
          const int code = code_at(to, component, x, y);
          const bool is_taken = code == code_at(from, component, x, y),
                     is_kept = code == code_at(before, component, x, y);
          ASSERT_TRUE(is_taken || is_kept) << layout;
          if (!is_chroma) {
            const bool holds = area.at<std::uint8_t>(y, x) != 0;
            ASSERT_TRUE(holds ? is_taken : is_kept) << layout << " " << component << " at " << x << "," << y;
          }
        }
      }
    }
  }
}

TEST(AreaCopy, ChromaIsTakenWhereAnyOfItsLumaIs) {
  for (const std::string layout : {"yuv420p", "yuv422p10le", "yuv411p", "yuv410p", "nv12"}) {
    const FrameFacts facts = frame_facts(layout, kWidth, kHeight);
    for (const cv::Point lit : {cv::Point(5, 3), cv::Point(4, 2), cv::Point(7, 3), cv::Point(30, 17)}) {
      cv::Mat area(kHeight, kWidth, CV_8U, cv::Scalar(0));
      area.at<std::uint8_t>(lit) = 255;
      const Frame from = testing::noise_frame(facts, 1);
      Frame to = testing::noise_frame(facts, 2);
      copy_area(from, with_whole_chroma(area, facts.layout), to);
      for (const int component : {0, 1, 2}) {
        const int x = component == 0 ? lit.x : lit.x >> facts.layout.chroma_shift_x;
        const int y = component == 0 ? lit.y : lit.y >> facts.layout.chroma_shift_y;
        EXPECT_EQ(code_at(to, component, x, y), code_at(from, component, x, y)) << layout << " " << lit;
      }
      const int luma = cv::countNonZero(with_whole_chroma(area, facts.layout));
      EXPECT_LE(luma, 1 << (facts.layout.chroma_shift_x + facts.layout.chroma_shift_y)) << layout;
    }
  }
}

TEST(AreaCopy, FramesOfTwoKindsAreRefused) {
  Frame to = allocate_frame(frame_facts("yuv420p", kWidth, kHeight));
  const cv::Mat area(kHeight, kWidth, CV_8U, cv::Scalar(255));
  EXPECT_ANY_THROW(copy_area(allocate_frame(frame_facts("yuv444p", kWidth, kHeight)), area, to));
  EXPECT_ANY_THROW(copy_area(allocate_frame(frame_facts("yuv420p", kWidth + 1, kHeight)), area, to));
}

}  // namespace
}  // namespace reelface
