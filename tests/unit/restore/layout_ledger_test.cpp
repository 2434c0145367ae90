// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/layout_ledger.h"

#include <gtest/gtest.h>

#include <vector>

#include "pipeline/stages/layout_stage.h"

namespace reelface {
namespace {

using Tiles = std::vector<PictureArea>;

const Tiles kTwo{{8, 100, 300, 200}, {316, 100, 300, 200}};

void note(LayoutLedger& ledger, std::int64_t index, const Tiles& tiles, const cv::Mat& screens = {}) {
  FrameJob job;
  job.index = index;
  if (!tiles.empty() || !screens.empty()) job.work.make<LayoutWork>() = {screens, tiles};
  ledger.note(job);
}

TEST(LayoutLedger, AFilmOfOnePictureHasNothingToTell) {
  LayoutLedger ledger;
  EXPECT_TRUE(ledger.stretches().empty());
  note(ledger, 0, {});
  note(ledger, 1, {});
  EXPECT_TRUE(ledger.stretches().empty());
}

TEST(LayoutLedger, EachChangeBeginsAStretch) {
  LayoutLedger ledger;
  note(ledger, 4, {});
  note(ledger, 5, kTwo);
  note(ledger, 6, {kTwo[1], kTwo[0]});                         // in another order
  note(ledger, 7, {{10, 101, 297, 200}, kTwo[1]});             // its side is found two samples beside
  note(ledger, 8, {{8, 100, 300, 200}, {316, 10, 300, 200}});  // it has moved
  note(ledger, 9, {kTwo[0], kTwo[1], {8, 310, 300, 200}});     // there is one more
  note(ledger, 10, {});
  const std::vector<LayoutStretch> found = ledger.stretches();
  ASSERT_EQ(found.size(), 5U);
  const std::int64_t firsts[] = {4, 5, 8, 9, 10}, counts[] = {1, 3, 1, 1, 1};
  for (std::size_t number = 0; number < found.size(); ++number) {
    EXPECT_EQ(found[number].first_frame, firsts[number]);
    EXPECT_EQ(found[number].frames, counts[number]);
  }
  EXPECT_EQ(found[1].tiles, (Tiles{{10, 101, 297, 200}, kTwo[1]}));
}

TEST(LayoutLedger, AScreenIsToldByItsShare) {
  LayoutLedger ledger;
  cv::Mat screen(100, 200, CV_8U, cv::Scalar(255));
  note(ledger, 0, {}, screen);
  screen = screen.clone();
  screen(cv::Rect(0, 0, 100, 100)).setTo(0);
  note(ledger, 1, {}, screen);
  note(ledger, 2, {{0, 0, 100, 100}}, screen);
  const std::vector<LayoutStretch> found = ledger.stretches();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].frames, 2);
  EXPECT_DOUBLE_EQ(found[0].screen, 1);
  EXPECT_DOUBLE_EQ(found[1].screen, 0.5);
}

}  // namespace
}  // namespace reelface
