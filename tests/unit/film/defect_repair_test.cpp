// SPDX-License-Identifier: Apache-2.0
#include "film/defect_repair.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "image/component_view.h"

namespace reelface {
namespace {

constexpr int kWidth = 63, kHeight = 47;

/// Codes that differ from sample to sample, and from seed to seed.
Frame noisy_frame(const std::string& layout, int seed) {
  FrameFacts facts;
  facts.width = kWidth;
  facts.height = kHeight;
  facts.layout = pixel_layout(layout);
  Frame frame = allocate_frame(facts);
  cv::RNG random(static_cast<std::uint64_t>(seed));
  for (int component = 0; component < facts.layout.component_count; ++component) {
    const ComponentView view = view_component(frame, component);
    for (int y = 0; y < view.height; ++y) {
      for (int x = 0; x < view.width; ++x) {
        const float code = static_cast<float>(random.uniform(0, 1 << view.depth));
        store_samples(view, x, y, 1, &code);
      }
    }
  }
  return frame;
}

float sample(const Frame& frame, int component, int x, int y) {
  float code = 0;
  load_samples(view_component(frame, component), x, y, 1, &code);
  return code;
}

Defect spot_moved_by(cv::Point2f way) {
  Defect defect;
  defect.box = {20, 11, 14, 9};
  defect.mask = cv::Mat::zeros(defect.box.size(), CV_8U);
  cv::ellipse(defect.mask, {7, 4}, {6, 3}, 20, 0, 360, 255, cv::FILLED);
  defect.motion = Motion(defect.box.size(), CV_32FC2, cv::Scalar(way.x, way.y));
  defect.filled_from = -1;
  return defect;
}

class DefectRepair : public ::testing::TestWithParam<const char*> {};

TEST_P(DefectRepair, FillsExactlyAndChangesNothingElse) {
  const Frame source = noisy_frame(GetParam(), 1), damaged = noisy_frame(GetParam(), 2);
  Frame repaired = damaged.share();
  repaired.make_writable();
  const cv::Point way(4, -2);
  const Defect defect = spot_moved_by(way);
  fill_defect(repaired, source, defect);
  const PixelLayout& layout = repaired.facts().layout;
  int filled = 0;
  for (int component = 0; component < layout.component_count; ++component) {
    const bool is_chroma = layout.family == ColourFamily::kYuv && (component == 1 || component == 2);
    const bool is_alpha = layout.has_alpha && component == layout.component_count - 1;
    const int sx = is_chroma ? layout.chroma_shift_x : 0, sy = is_chroma ? layout.chroma_shift_y : 0;
    const ComponentView view = view_component(repaired, component);
    for (int y = 0; y < view.height; ++y) {
      for (int x = 0; x < view.width; ++x) {
        const cv::Rect luma = cv::Rect(x << sx, y << sy, 1 << sx, 1 << sy) & defect.box;
        const bool is_hidden =
            !is_alpha && luma.area() > 0 && cv::countNonZero(defect.mask(luma - defect.box.tl())) > 0;
        const Frame& expected = is_hidden ? source : damaged;
        const int from_x = x + (is_hidden ? way.x >> sx : 0), from_y = y + (is_hidden ? way.y >> sy : 0);
        ASSERT_EQ(sample(repaired, component, x, y), sample(expected, component, from_x, from_y))
            << component << ": " << x << ", " << y;
        filled += is_hidden;
      }
    }
  }
  EXPECT_GE(filled, cv::countNonZero(defect.mask));
}

INSTANTIATE_TEST_SUITE_P(Layouts, DefectRepair,
                         ::testing::Values("gray", "gray10le", "yuv420p", "yuv420p10le", "yuv422p10le", "yuv444p12le",
                                           "gbrp", "gbrp12le", "nv12", "rgb24", "yuva420p", "yuv444p16le"),
                         [](const auto& layout) { return std::string(layout.param); });

TEST(DefectFill, TakesTheLightOfTheFrameAndStaysInRange) {
  const Frame source = noisy_frame("gray", 1);
  Frame brighter = noisy_frame("gray", 2), darker = brighter.share();
  brighter.make_writable();
  darker.make_writable();
  Defect defect = spot_moved_by({0, 0});
  defect.light = 20;
  fill_defect(brighter, source, defect);
  defect.light = -20;
  fill_defect(darker, source, defect);
  const cv::Point inside = defect.box.tl() + cv::Point(7, 4);
  const float code = sample(source, 0, inside.x, inside.y);
  EXPECT_EQ(sample(brighter, 0, inside.x, inside.y), std::min(255.0F, code + 20));
  EXPECT_EQ(sample(darker, 0, inside.x, inside.y), std::max(0.0F, code - 20));
}

TEST(DefectFill, PastTheEdgeTheNearestSamplesStandIn) {
  const Frame source = noisy_frame("yuv420p", 1);
  for (const cv::Point2f way : {cv::Point2f(-200, -200), cv::Point2f(200.5F, 100.25F)}) {
    Defect defect = spot_moved_by(way);
    for (const cv::Point corner : {cv::Point(0, 0), cv::Point(kWidth - 14, kHeight - 9)}) {
      Frame frame = noisy_frame("yuv420p", 2);
      defect.box = {corner, defect.mask.size()};
      fill_defect(frame, source, defect);
      const cv::Point nearest = way.x < 0 ? cv::Point(0, 0) : cv::Point(kWidth - 1, kHeight - 1);
      EXPECT_EQ(sample(frame, 0, corner.x + 7, corner.y + 4), sample(source, 0, nearest.x, nearest.y));
    }
  }
}

}  // namespace
}  // namespace reelface
