// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/light_stage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/stages/layout_stage.h"
#include "reelface/restore/face_work.h"
#include "support/frames.h"
#include "unit/stages/film_of_scenery.h"

namespace reelface {
namespace {

using testing::code_at;

constexpr int kWidth = 192, kHeight = 96, kFrames = 60;
const PictureArea kLeft{0, 0, 96, 96}, kRight{96, 0, 96, 96};

/// Dim: nothing is brighter than 110 of 255, and skin is 70.
Frame dim_frame(const std::string& layout) {
  const FrameFacts facts = testing::frame_facts(layout, kWidth, kHeight);
  return testing::frame_of_codes(facts, [&](int component, int x, int y) {
    if (component > 0) return 128;
    if (y < 12) return 110;
    return x % 96 > 30 && x % 96 < 66 ? 70 : 85;
  });
}

/// Somebody whose face is 48 samples wide, in the middle of this tile.
FaceJob face_in(const PictureArea& tile) {
  constexpr double kScale = 512.0 / 48;
  FaceJob face;
  face.track.track_id = 1;
  face.track.alignment.to_template = {std::log(kScale), 0, -kScale * (tile.x + 24), -kScale * (tile.y + 24)};
  return face;
}

/// Behind both steps; somebody is in the tile from frame `from` on.
std::vector<FrameGroupPtr> lit_film(const Frame& frame, const std::vector<PictureArea>& tiles, const PictureArea& tile,
                                    int from, bool has_screen = false) {
  std::vector<Frame> film;
  film.reserve(kFrames);
  for (int number = 0; number < kFrames; ++number) film.push_back(frame.share());
  std::vector<FrameGroupPtr> groups = testing::groups_of(film, 8);
  for (const FrameGroupPtr& group : groups) {
    for (FrameJob& job : group->jobs) {
      FaceWork& work = job.work.make<FaceWork>();
      if (job.index >= from) work.faces.push_back(face_in(tile));
      if (tiles.empty() && !has_screen) continue;
      LayoutWork& layout = job.work.make<LayoutWork>();
      layout.tiles = tiles;
      if (has_screen) layout.screens = cv::Mat(kHeight, kWidth, CV_8U, cv::Scalar(255));
    }
  }
  groups = testing::behind(make_light_stage(8), groups);
  for (const FrameGroupPtr& group : groups) make_relight_stage().run(*group);
  return groups;
}

std::vector<const FrameJob*> jobs_of(const std::vector<FrameGroupPtr>& groups) {
  std::vector<const FrameJob*> jobs;
  for (const FrameGroupPtr& group : groups) {
    for (const FrameJob& job : group->jobs) jobs.push_back(&job);
  }
  return jobs;
}

TEST(LightStage, ATileIsLitAndTheOneBesideItStaysBitForBit) {
  for (const std::string layout : {"yuv420p", "yuv444p", "gray"}) {
    const Frame before = dim_frame(layout);
    const auto groups = lit_film(before, {kLeft, kRight}, kLeft, 0);
    for (const FrameJob* job : jobs_of(groups)) {
      EXPECT_TRUE(changes_light(*job));
      const std::optional<SkinLight>& skin = job->work.get<FaceWork>()->faces.front().skin;
      ASSERT_TRUE(skin);
      EXPECT_GT(skin->after, 1.4 * skin->before) << layout;
      EXPECT_GT(code_at(*job->frame, 0, 48, 48), 100) << layout;
      for (int y = 0; y < kHeight; ++y) {
        for (int x = kRight.x; x < kWidth; ++x)
          ASSERT_EQ(code_at(*job->frame, 0, x, y), code_at(before, 0, x, y)) << layout << " " << x << "," << y;
      }
    }
    EXPECT_EQ(code_at(before, 0, 48, 48), 70) << "frames that are shared are copied first";
  }
}

TEST(LightStage, WithoutTilesAllOfThePictureIsLit) {
  const auto groups = lit_film(dim_frame("yuv420p"), {}, kLeft, 0);
  for (const FrameJob* job : jobs_of(groups)) {
    EXPECT_GT(code_at(*job->frame, 0, 48, 48), 100);
    EXPECT_NEAR(code_at(*job->frame, 0, 48, 48), code_at(*job->frame, 0, 48 + 96, 48), 1);
  }
}

TEST(LightStage, LightComesSlowlyWithWhoeverComes) {
  const auto groups = lit_film(dim_frame("yuv420p"), {}, kLeft, 30);
  int before = 70;
  for (const FrameJob* job : jobs_of(groups)) {
    const int now = code_at(*job->frame, 0, 48, 48);
    EXPECT_LE(std::abs(now - before), 3) << job->index;
    before = now;
  }
  EXPECT_EQ(code_at(*jobs_of(groups).front()->frame, 0, 48, 48), 70) << "nobody is there for more than a second";
  EXPECT_GT(before, 90);
}

TEST(LightStage, BesideASharedScreenNothingIsLit) {
  const auto groups = lit_film(dim_frame("yuv420p"), {}, kLeft, 0, true);
  for (const FrameJob* job : jobs_of(groups)) {
    EXPECT_FALSE(changes_light(*job));
    EXPECT_EQ(code_at(*job->frame, 0, 48, 48), 70);
  }
}

TEST(LightStage, FramesThatCannotBeChangedPass) {
  FrameFacts facts = testing::frame_facts("yuv420p", kWidth, kHeight);
  facts.layout.editable = false;
  std::vector<Frame> film;
  film.reserve(9);
  for (int number = 0; number < 9; ++number)
    film.push_back(testing::frame_of_codes(facts, [](int, int, int) { return 60; }));
  std::vector<FrameGroupPtr> groups = testing::groups_of(film, 8);
  for (const FrameGroupPtr& group : groups) {
    for (FrameJob& job : group->jobs) job.work.make<FaceWork>();
  }
  groups = testing::behind(make_light_stage(8), groups);
  for (const FrameJob* job : jobs_of(groups)) EXPECT_FALSE(changes_light(*job));
}

}  // namespace
}  // namespace reelface
