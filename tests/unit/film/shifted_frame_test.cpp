// SPDX-License-Identifier: Apache-2.0
#include "film/shifted_frame.h"

#include <gtest/gtest.h>

#include <cmath>

#include "image/component_view.h"

namespace reelface {
namespace {

Frame wavy_frame(const std::string& layout, int width, int height, cv::Point2d shift) {
  FrameFacts facts;
  facts.width = width;
  facts.height = height;
  facts.layout = pixel_layout(layout);
  Frame frame = allocate_frame(facts);
  for (int component = 0; component < facts.layout.component_count; ++component) {
    const ComponentView view = view_component(frame, component);
    const double scale = static_cast<double>(view.width) / width, peak = (1 << view.depth) - 1;
    for (int y = 0; y < view.height; ++y) {
      std::vector<float> row(view.width);
      for (int x = 0; x < view.width; ++x) {
        const double at_x = x - shift.x * scale, at_y = y - shift.y * scale;
        row[x] = static_cast<float>(peak * (0.5 + 0.3 * std::sin(at_x * 0.7) * std::cos(at_y * 0.5 + component)));
      }
      store_samples(view, 0, y, view.width, row.data());
    }
  }
  return frame;
}

double largest_difference(const Frame& first, const Frame& second, int component, int margin) {
  const ComponentView a = view_component(first, component), b = view_component(second, component);
  double largest = 0;
  std::vector<float> row_a(a.width), row_b(a.width);
  for (int y = margin; y < a.height - margin; ++y) {
    load_samples(a, 0, y, a.width, row_a.data());
    load_samples(b, 0, y, a.width, row_b.data());
    for (int x = margin; x < a.width - margin; ++x) largest = std::max(largest, std::abs(0.0 + row_a[x] - row_b[x]));
  }
  return largest;
}

TEST(ShiftedFrame, WholePixelsAreCopied) {
  const Frame frame = wavy_frame("gray", 40, 30, {});
  const Frame moved = shifted_frame(frame, {3, -2});
  EXPECT_EQ(largest_difference(moved, wavy_frame("gray", 40, 30, {3, -2}), 0, 4), 0);
}

TEST(ShiftedFrame, BetweenPixelsSmoothPicturesStayWhatTheyAre) {
  for (const char* layout : {"gray", "yuv444p", "gbrp", "rgb24", "gray10le", "yuv444p12le"}) {
    const Frame frame = wavy_frame(layout, 64, 48, {}), expected = wavy_frame(layout, 64, 48, {0.4, -0.7});
    const Frame moved = shifted_frame(frame, {0.4, -0.7});
    const double levels = (1 << frame.facts().layout.bit_depth()) / 256.0;
    for (int component = 0; component < frame.facts().layout.component_count; ++component) {
      EXPECT_LE(largest_difference(moved, expected, component, 6), 1.5 * levels) << layout;
    }
  }
}

TEST(ShiftedFrame, ChromaMovesWithLuma) {
  const Frame moved = shifted_frame(wavy_frame("yuv420p", 64, 48, {}), {2, 4});
  const Frame expected = wavy_frame("yuv420p", 64, 48, {2, 4});
  for (int component = 0; component < 3; ++component) EXPECT_EQ(largest_difference(moved, expected, component, 6), 0);
}

TEST(ShiftedFrame, TheFrameItCameFromStaysAndOddSizesWork) {
  const Frame frame = wavy_frame("yuv420p", 5, 3, {});
  const Frame moved = shifted_frame(frame, {7.5, -9.25});
  EXPECT_EQ(largest_difference(frame, wavy_frame("yuv420p", 5, 3, {}), 0, 0), 0);
  EXPECT_EQ(moved.facts().width, 5);
}

}  // namespace
}  // namespace reelface
