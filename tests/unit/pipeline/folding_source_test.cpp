// SPDX-License-Identifier: Apache-2.0
#include "pipeline/graph/folding_source.h"

#include <gtest/gtest.h>

#include "support/shown_frames.h"

namespace reelface {
namespace {

using testing::kPacket;
using testing::ShownSource;

/// "8+2" for a frame of level 8 that is shown twice more, "p" for a packet alone, "+3" for what goes on with repeats;
/// groups apart.
std::string folded(const std::vector<int>& levels, std::size_t frames_per_group, std::size_t jobs_per_read_group = 4) {
  ShownSource read(levels, jobs_per_read_group);
  FoldingSource source(read, frames_per_group);
  std::string text;
  while (const FrameGroupPtr group = source.next()) {
    for (const FrameJob& job : group->jobs) {
      if (job.frame) text += std::to_string(testing::code_at(*job.frame, 0, 0, 0));
      if (!job.frame && job.repeats.empty()) text += "p";
      if (!job.repeats.empty()) text += "+" + std::to_string(job.repeats.size());
      text += " ";
    }
    text += group->is_last ? "end" : "| ";
  }
  return text;
}

TEST(FoldingSource, FoldsFramesIntoTheOneTheyRepeat) {
  for (const std::size_t read : {1, 2, 3, 8}) {
    EXPECT_EQ(folded({1, 1, 2, 3, 3, 3, 1}, 2, read), "1+1 2 | 3+2 1 | end");
    EXPECT_EQ(folded({5, 5, 5, 5, 5}, 2, read), "5+4 | end");
    EXPECT_EQ(folded({1, 2, 3, 4, 5}, 2, read), "1 2 | 3 4 | 5 | end");
    EXPECT_EQ(folded({}, 2, read), "end");
  }
}

TEST(FoldingSource, APacketAloneStaysWhereItIs) {
  EXPECT_EQ(folded({kPacket, 1, 1, kPacket, 1, 2, 2, kPacket}, 8), "p 1+1 p 1 2+1 p | end");
}

TEST(FoldingSource, ALongRunGoesOnInGroupsOfItsOwn) {
  std::vector<int> levels{1, 2};
  levels.insert(levels.end(), kMostRepeats, 2);
  levels.push_back(3);
  const std::string most = std::to_string(kMostRepeats);
  EXPECT_EQ(folded(levels, 3), "1 2+" + most + " 3 | end");
  levels.insert(levels.begin() + 2, 2);
  EXPECT_EQ(folded(levels, 3), "1 2+" + most + " | +1 | 3 | end");
  levels.insert(levels.begin() + 2, kMostRepeats, 2);
  EXPECT_EQ(folded(levels, 3), "1 2+" + most + " | +" + most + " | +1 | 3 | end");
}

TEST(FoldingSource, NumbersTimesAndPacketsStayWithTheirFrames) {
  ShownSource read({4, 4, 9, 9, 9}, 2);
  FoldingSource source(read, 2);
  const FrameGroupPtr group = source.next();
  ASSERT_EQ(group->jobs.size(), 2U);
  std::int64_t number = 0;
  for (const FrameJob& job : group->jobs) {
    EXPECT_EQ(job.index, number);
    EXPECT_EQ(job.last_index(), number == 0 ? 1 : 4);
    EXPECT_FALSE(job.is_repeat);
    EXPECT_EQ(job.frame->facts().pts, ShownSource::time_of(number++));
    for (const FrameJob& repeat : job.repeats) {
      EXPECT_EQ(repeat.index, number);
      EXPECT_EQ(repeat.packets.size(), 1U);
      EXPECT_TRUE(repeat.is_repeat);
      EXPECT_EQ(repeat.frame->facts().pts, ShownSource::time_of(number++));
      EXPECT_EQ(repeat.frame->plane(0).data, job.frame->plane(0).data) << "repeats take no memory for samples";
    }
  }
}

}  // namespace
}  // namespace reelface
