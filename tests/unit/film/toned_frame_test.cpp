// SPDX-License-Identifier: Apache-2.0
#include "film/toned_frame.h"

#include <gtest/gtest.h>

#include <cmath>

#include "image/component_view.h"

namespace reelface {
namespace {

Frame ramp(const std::string& layout, double gain) {
  FrameFacts facts;
  facts.width = 220;
  facts.height = 16;
  facts.layout = pixel_layout(layout);
  Frame frame = allocate_frame(facts);
  const bool is_yuv = facts.layout.family == ColourFamily::kYuv;
  for (int component = 0; component < facts.layout.component_count; ++component) {
    const ComponentView view = view_component(frame, component);
    const double unit = (1 << view.depth) / 256.0, black = is_yuv ? 16 : 0, scale_x = 220.0 / view.width;
    std::vector<float> row(view.width);
    for (int y = 0; y < view.height; ++y) {
      for (int x = 0; x < view.width; ++x) {
        const double value =
            is_yuv && component > 0 ? 128 + gain * (x * scale_x - 110) * 0.3 : black + gain * x * scale_x * 0.8;
        row[x] = static_cast<float>(unit * value);
      }
      store_samples(view, 0, y, view.width, row.data());
    }
  }
  return frame;
}

/// Mean over the rows, so that dither does not count.
double mean_difference(const Frame& first, const Frame& second, int component) {
  const ComponentView a = view_component(first, component), b = view_component(second, component);
  std::vector<float> row_a(a.width), row_b(a.width);
  std::vector<double> sums(a.width, 0);
  for (int y = 0; y < a.height; ++y) {
    load_samples(a, 0, y, a.width, row_a.data());
    load_samples(b, 0, y, a.width, row_b.data());
    for (int x = 0; x < a.width; ++x) sums[x] += row_a[x] - row_b[x];
  }
  double largest = 0;
  for (const double sum : sums) largest = std::max(largest, std::abs(sum / a.height));
  return largest;
}

ToneChange gain_of(double share) {
  ToneChange tone;
  for (int knot = 0; knot < ToneChange::kKnots; ++knot) tone.by_level[knot] = share / (1 + share) * 51 * knot;
  return tone;
}

TEST(MeanChange, IsThatOfTheSamplesThereAre) {
  for (const char* layout : {"gray", "yuv420p", "yuv422p10le", "gbrp"}) {
    const Frame frame = ramp(layout, 1);
    const double mean_grey = frame.facts().layout.family == ColourFamily::kYuv ? 110 * 0.8 / 219 * 255 : 110 * 0.8;
    EXPECT_NEAR(mean_change(frame, gain_of(0.06)), 0.06 / 1.06 * mean_grey, 0.2) << layout;
    EXPECT_NEAR(mean_change(frame, gain_of(-0.06)), 0.06 / 0.94 * mean_grey, 0.2) << layout;
  }
}

TEST(TakeBack, AGainIsTakenBackInEveryFormat) {
  for (const char* layout : {"gray", "yuv420p", "yuv444p", "yuv422p10le", "gbrp", "rgb24", "gray10le"}) {
    Frame frame = ramp(layout, 1.06);
    take_back(frame, gain_of(0.06));
    const Frame clean = ramp(layout, 1);
    const double unit = (1 << frame.facts().layout.bit_depth()) / 256.0;
    for (int component = 0; component < frame.facts().layout.component_count; ++component) {
      EXPECT_LE(mean_difference(frame, clean, component), 1.1 * unit) << layout << " component " << component;
    }
  }
}

TEST(TakeBack, NoChangeChangesNothing) {
  Frame frame = ramp("yuv420p", 1);
  take_back(frame, {});
  for (int component = 0; component < 3; ++component)
    EXPECT_EQ(mean_difference(frame, ramp("yuv420p", 1), component), 0);
}

TEST(TakeBack, AnUnevenGainIsTakenBackWhereItIs) {
  Frame frame = ramp("gray", 1);
  ToneChange tone;
  tone.down = 0.1;
  take_back(frame, tone);
  const ComponentView view = view_component(frame, 0);
  std::vector<float> row(view.width);
  load_samples(view, 0, 0, view.width, row.data());
  EXPECT_NEAR(row[200], 160 * 1.1, 1.5);
  load_samples(view, 0, 15, view.width, row.data());
  EXPECT_NEAR(row[200], 160 * 0.9, 1.5);
}

}  // namespace
}  // namespace reelface
