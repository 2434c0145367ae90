// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/frame_changes.h"

#include <gtest/gtest.h>

namespace reelface {
namespace {

FrameChanges repaired(int left, int right) {
  FrameChanges changes;
  changes.repairs = 1;
  changes.repaired_samples = 10;
  changes.repaired = {left, 4, right, 8};
  return changes;
}

FrameChanges with_face(std::int64_t track, double strength) {
  FrameChanges changes;
  changes.faces[track] = {{10, 10, 20, 20}, strength, strength};
  return changes;
}

/// All stretches of frames at 25 a second.
std::vector<ChangedStretch> stretches_of(const std::vector<FrameChanges>& frames, std::int64_t shot_begins = -1) {
  ChangedStretches stretches;
  std::vector<ChangedStretch> ended;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto frame = static_cast<std::int64_t>(i);
    if (const auto stretch = stretches.add(frame, 0.04 * static_cast<double>(i), frame == shot_begins, frames[i]))
      ended.push_back(*stretch);
  }
  if (const auto stretch = stretches.finish()) ended.push_back(*stretch);
  return ended;
}

TEST(ChangedStretches, JoinFramesToWhichTheSameWasDone) {
  const auto found = stretches_of({{}, repaired(6, 9), repaired(2, 4), {}, {}, repaired(30, 40)});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].first_frame, 1);
  EXPECT_EQ(found[0].last_frame, 2);
  EXPECT_DOUBLE_EQ(found[0].from_seconds, 0.04);
  EXPECT_DOUBLE_EQ(found[0].to_seconds, 0.08);
  EXPECT_EQ(found[0].changes.repairs, 2);
  EXPECT_EQ(found[0].changes.repaired_samples, 20);
  EXPECT_EQ(found[0].changes.repaired.left, 2);
  EXPECT_EQ(found[0].changes.repaired.right, 9);
  EXPECT_EQ(found[1].first_frame, 5);
  EXPECT_EQ(found[1].last_frame, 5);
}

TEST(ChangedStretches, EndWithAnotherFaceAnotherTreatmentOrAnotherShot) {
  FrameChanges steadied = with_face(1, 0.5);
  steadied.whole.insert("steadied");
  const auto found =
      stretches_of({with_face(1, 0.5), with_face(1, 0.25), with_face(2, 1), steadied, steadied, steadied}, 5);
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].changes.faces.at(1).weakest, 0.25);
  EXPECT_EQ(found[0].changes.faces.at(1).strongest, 0.5);
  EXPECT_EQ(found[1].changes.faces.count(2), 1U);
  EXPECT_EQ(found[2].last_frame, 4);
  EXPECT_EQ(found[3].first_frame, 5) << "a shot begins there";
}

TEST(ChangedStretches, LastASecondSoThatAreasStayNear) {
  const auto found = stretches_of(std::vector<FrameChanges>(60, with_face(1, 1)));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].last_frame, 24);
  EXPECT_EQ(found[1].first_frame, 25);
  EXPECT_EQ(found[2].last_frame, 59);
}

TEST(ChangedStretches, WhereNothingIsDoneThereIsNone) {
  EXPECT_TRUE(stretches_of(std::vector<FrameChanges>(30)).empty());
}

TEST(SampleArea, IncludesOthersUnlessTheyAreEmpty) {
  SampleArea area;
  area.include({5, 6, 7, 8});
  area.include({});
  area.include({1, 7, 2, 20});
  EXPECT_EQ(area.left, 1);
  EXPECT_EQ(area.top, 6);
  EXPECT_EQ(area.right, 7);
  EXPECT_EQ(area.bottom, 20);
}

}  // namespace
}  // namespace reelface
