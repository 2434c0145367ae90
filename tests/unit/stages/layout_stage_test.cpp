// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/layout_stage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/frames.h"
#include "unit/layout/drawn_pages.h"
#include "unit/stages/film_of_scenery.h"

namespace reelface {
namespace {

using testing::code_at;

const cv::Size kSize(480, 272), kTileSize(129, 98);
const cv::Point kCorner(331, 15);

/// Colours follow the light, so that they tell as much.
Frame frame_of(const cv::Mat& grey, int number, const std::string& layout) {
  FrameFacts facts = testing::frame_facts(layout, grey.cols, grey.rows);
  facts.pts = number;
  facts.time_base = {1, 15};
  const int factor = 1 << (facts.layout.bit_depth() - 8);
  return testing::frame_of_codes(facts, [&](int component, int x, int y) {
    const bool is_half = component_width(facts, component) < grey.cols;
    const int level = is_half ? grey.at<std::uint8_t>(2 * y, 2 * x) : grey.at<std::uint8_t>(y, x);
    return factor * (component == 0 ? level : 128 + (level - 128) / 4);
  });
}

std::vector<Frame> film_of(const std::function<cv::Mat(int)>& picture, const std::string& layout = "yuv420p") {
  std::vector<Frame> film;
  film.reserve(20);
  for (int number = 0; number < 20; ++number) film.push_back(frame_of(picture(number), number, layout));
  return film;
}

cv::Mat with_camera(int number) {
  return testing::with_picture(testing::drawn_slide(kSize), testing::camera_picture(kTileSize, number, 3), kCorner);
}

/// Changes every sample.
void change(FrameGroup& group) {
  for (FrameJob& job : group.jobs) {
    job.frame->make_writable();
    const FrameFacts& facts = job.frame->facts();
    for (int component = 0; component < facts.layout.component_count; ++component) {
      for (int y = 0; y < component_height(facts, component); ++y) {
        for (int x = 0; x < component_width(facts, component); ++x)
          testing::set_code(*job.frame, component, x, y, code_at(*job.frame, component, x, y) ^ 1);
      }
    }
  }
}

/// Behind all steps, with one between that changes everything, or none.
std::vector<FrameGroupPtr> line_of(const std::vector<Frame>& film, bool changes) {
  std::vector<FrameGroupPtr> groups = testing::groups_of(film, 8);
  for (const FrameGroupPtr& group : groups) {
    for (FrameJob& job : group->jobs) job.original = std::make_shared<const Frame>(job.frame->share());
  }
  groups = testing::behind(make_layout_stage({}, 8), testing::behind(make_cuts_stage(8), groups));
  for (const FrameGroupPtr& group : groups) {
    if (changes) change(*group);
    make_leave_screens_stage().run(*group);
  }
  return groups;
}

TEST(LayoutStage, ScreensStayToTheBitAlsoUnderATile) {
  for (const std::string layout : {"yuv420p", "yuv444p", "yuv420p10le", "gray"}) {
    const std::vector<Frame> film = film_of(with_camera, layout);
    for (const FrameGroupPtr& group : line_of(film, true)) {
      for (const FrameJob& job : group->jobs) {
        const Frame& before = film[static_cast<std::size_t>(job.index)];
        const FrameFacts& facts = before.facts();
        int changed = 0;
        for (int component = 0; component < facts.layout.component_count; ++component) {
          const int shift = component_width(facts, component) < kSize.width ? 1 : 0;
          for (int y = 0; y < component_height(facts, component); ++y) {
            for (int x = 0; x < component_width(facts, component); ++x) {
              const bool is_changed = code_at(*job.frame, component, x, y) != code_at(before, component, x, y);
              const bool is_tile = cv::Rect(kCorner, kTileSize).contains(cv::Point(x << shift, y << shift));
              ASSERT_TRUE(is_tile || !is_changed) << layout << " frame " << job.index << " " << x << "," << y;
              changed += component == 0 && is_changed;
            }
          }
        }
        EXPECT_GE(changed, kTileSize.area() * 97 / 100) << layout << " frame " << job.index;
      }
    }
  }
}

TEST(LayoutStage, WhatIsTooSmallIsNoTile) {
  const auto film = film_of([](int number) {
    return testing::with_picture(testing::drawn_slide(kSize), testing::camera_picture({24, 140}, number, 3), {400, 20});
  });
  for (const FrameGroupPtr& group : line_of(film, true)) {
    for (const FrameJob& job : group->jobs) {
      const LayoutWork* const work = job.work.get<LayoutWork>();
      ASSERT_NE(work, nullptr);
      for (const PictureArea& tile : work->tiles) EXPECT_GE(std::min(tile.width, tile.height), 30) << job.index;
    }
  }
}

TEST(LayoutStage, WithoutAScreenNothingIsGivenBack) {
  const std::vector<Frame> film = film_of([](int number) { return testing::camera_picture(kSize, number, 2); });
  for (const FrameGroupPtr& group : line_of(film, true)) {
    for (const FrameJob& job : group->jobs) {
      EXPECT_EQ(area_of_screens(job), nullptr);
      EXPECT_NE(code_at(*job.frame, 0, 5, 5), code_at(film[static_cast<std::size_t>(job.index)], 0, 5, 5));
    }
  }
}

TEST(LayoutStage, WhatNoStepHasChangedIsNotCopied) {
  const std::vector<Frame> film = film_of(with_camera);
  for (const FrameGroupPtr& group : line_of(film, false)) {
    for (const FrameJob& job : group->jobs) {
      ASSERT_NE(area_of_screens(job), nullptr);
      EXPECT_EQ(job.frame->plane(0).data, job.original->plane(0).data);
    }
  }
}

TEST(LayoutStage, ATurnedPageIsAScreenFromItsFirstFrameOn) {
  const std::vector<Frame> film =
      film_of([](int number) { return number < 9 ? testing::drawn_slide(kSize) : testing::drawn_code(kSize); });
  for (const FrameGroupPtr& group : line_of(film, true)) {
    for (const FrameJob& job : group->jobs) {
      ASSERT_NE(area_of_screens(job), nullptr) << job.index;
      EXPECT_EQ(cv::countNonZero(*area_of_screens(job)), kSize.area()) << job.index;
    }
  }
}

}  // namespace
}  // namespace reelface
