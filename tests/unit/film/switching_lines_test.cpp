// SPDX-License-Identifier: Apache-2.0
#include "film/switching_lines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "made_scene.h"

namespace reelface {
namespace {

using testing::Scenery;

constexpr int kWidth = 360, kHeight = 240;

cv::Mat scene(double right) {
  return Scenery(20261).seen_from({50 + right, 40}, {kWidth, kHeight});
}

/// As a tape shows it: so many lines at the bottom lie aside, a little otherwise in each frame.
cv::Mat torn(const cv::Mat& picture, int lines, int frame) {
  cv::Mat result = testing::with_noise(picture, 2, 7919 * (frame + 1));
  cv::RNG random(0x9E3779B97F4A7C15U + 104729U * static_cast<std::uint64_t>(frame));
  const int aside = 22 + random.uniform(-4, 5);
  for (int y = picture.rows - lines; y < picture.rows; ++y) {
    const int here = aside + random.uniform(-1, 2);
    cv::Mat line = result.row(y).clone();
    result.row(y).setTo(8);
    line.colRange(0, kWidth - here).copyTo(result.row(y).colRange(here, kWidth));
  }
  return result;
}

int counted(int frames, const std::function<cv::Mat(int)>& picture) {
  std::vector<BottomLines> lines;
  lines.reserve(static_cast<std::size_t>(frames));
  for (int i = 0; i < frames; ++i) lines.push_back(measure_bottom_lines(picture(i), i > 0 ? &lines.back() : nullptr));
  std::vector<const BottomLines*> all(lines.size());
  std::transform(lines.begin(), lines.end(), all.begin(), [](const BottomLines& one) { return &one; });
  return count_switching_lines(all);
}

TEST(SwitchingLines, AreCountedWhereHeadsChange) {
  for (const int lines : {3, 5, 8}) {
    EXPECT_EQ(counted(20, [=](int i) { return torn(scene(0), lines, i); }), lines) << "still";
    EXPECT_EQ(counted(20, [=](int i) { return torn(scene(0.7 * i), lines, i); }), lines) << "moving slowly";
  }
}

TEST(SwitchingLines, AreNotSeenInWholePictures) {
  EXPECT_EQ(counted(20, [](int i) { return torn(scene(0), 0, i); }), 0);
  EXPECT_EQ(counted(20, [](int i) { return torn(scene(6 * i), 0, i); }), 0);
}

TEST(SwitchingLines, AnEdgeOfTheSceneryIsNone) {
  EXPECT_EQ(counted(20,
                    [](int i) {
                      cv::Mat picture = torn(scene(0), 0, i);
                      Scenery(99991).seen_from({7, 300}, {kWidth, 6}).copyTo(picture.rowRange(kHeight - 6, kHeight));
                      return picture;
                    }),
            0);
}

TEST(SwitchingLines, NeitherIsABarNorAMovingThing) {
  EXPECT_EQ(counted(20,
                    [](int i) {
                      cv::Mat picture = torn(scene(0), 0, i);
                      picture.rowRange(kHeight - 8, kHeight).setTo(16);
                      return picture;
                    }),
            0);
  EXPECT_EQ(counted(20,
                    [](int i) {
                      cv::Mat picture = torn(scene(0), 0, i);
                      picture(cv::Rect(10 * i, kHeight - 40, 60, 40)).setTo(230);
                      return picture;
                    }),
            0);
}

TEST(SwitchingLines, AFewFramesAreNotEnough) {
  EXPECT_EQ(counted(4, [](int i) { return torn(scene(0), 6, i); }), 0);
}

void fill_line(const FrameFacts& facts, const Plane& plane, int y, int code) {
  std::uint8_t* const line = plane.data + y * plane.stride;
  if (facts.layout.bit_depth() > 8)
    std::fill_n(reinterpret_cast<std::uint16_t*>(line), plane.width, static_cast<std::uint16_t>(code));
  else
    std::fill_n(line, plane.width, static_cast<std::uint8_t>(code));
}

int sample_of(const FrameFacts& facts, const Plane& plane, int y) {
  const std::uint8_t* const line = plane.data + y * plane.stride;
  return facts.layout.bit_depth() > 8 ? reinterpret_cast<const std::uint16_t*>(line)[3] : line[3];
}

TEST(SwitchingLines, TheyAreFilledFromAboveAndAllElseStays) {
  for (const char* name : {"yuv420p", "yuv422p10le", "rgb24"}) {
    FrameFacts facts;
    facts.width = 20, facts.height = 16;
    facts.layout = pixel_layout(name);
    Frame frame = allocate_frame(facts);
    for (int index = 0; index < facts.layout.plane_count; ++index) {
      const Plane plane = frame.plane(index);
      for (int y = 0; y < plane.height; ++y) fill_line(facts, plane, y, 10 + y);
    }
    const Frame filled = with_bottom_filled(frame, 4);
    for (int index = 0; index < facts.layout.plane_count; ++index) {
      const Plane plane = filled.plane(index);
      const int first = 12 * plane.height / 16;
      for (int y = 0; y < plane.height; ++y) {
        const int source = y < first ? y : 2 * first - 1 - y;
        EXPECT_EQ(sample_of(facts, plane, y), 10 + source) << name << " " << index << " " << y;
        EXPECT_EQ(sample_of(facts, frame.plane(index), y), 10 + y) << "the frame given stays";
      }
    }
  }
}

}  // namespace
}  // namespace reelface
