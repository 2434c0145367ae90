// SPDX-License-Identifier: Apache-2.0
#include "app/kept_moments.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace reelface {
namespace {

KeptMoment picture(std::int64_t frame) {
  KeptMoment moment;
  const auto byte = static_cast<std::uint8_t>(frame);
  moment.before = moment.after = {"image/jpeg", {byte}, 1, 1};
  return moment;
}

/// A film of so many frames of which so much was repaired; pictures are kept as the line would.
template <class Share>
void run(KeptMoments& moments, std::int64_t frames, const Share& share) {
  for (std::int64_t frame = 0; frame < frames; ++frame) {
    moments.expect_repaired(frame, share(frame), "caption " + std::to_string(frame));
    if (moments.is_wanted(frame)) moments.keep(frame, picture(frame));
  }
}

const auto kNothing = [](std::int64_t) { return 0.0; };

TEST(KeptMoments, AreAFewSpreadEvenlyHoweverLongTheFilm) {
  for (const std::int64_t frames : {1, 5, 33, 1000, 72000}) {
    KeptMoments moments;
    run(moments, frames, kNothing);
    EXPECT_LE(moments.spread().size(), 8U);
    EXPECT_GE(moments.spread().size(), std::min<std::size_t>(4, (frames + 3) / 4)) << frames;
    EXPECT_EQ(moments.spread().begin()->first, 0);
    EXPECT_GE(moments.spread().rbegin()->first, frames / 2 - 4) << frames;
    EXPECT_TRUE(moments.repaired().empty());
  }
}

TEST(KeptMoments, HaveTheFrameInWhichAFaceIsFirstRestored) {
  KeptMoments moments;
  moments.expect_first(17);
  run(moments, 40, kNothing);
  ASSERT_EQ(moments.firsts().size(), 1U);
  EXPECT_EQ(moments.firsts().begin()->first, 17);
}

TEST(KeptMoments, HaveTheTenMostRepairedFramesHeaviestFirst) {
  KeptMoments moments;
  run(moments, 1000, [](std::int64_t frame) { return frame % 50 == 7 ? 0.001 * static_cast<double>(frame) : 0; });
  const std::vector<ReportPair> repaired = moments.repaired();
  ASSERT_EQ(repaired.size(), 10U);
  for (std::size_t i = 0; i < repaired.size(); ++i) {
    const auto frame = static_cast<std::int64_t>(957 - 50 * i);
    EXPECT_EQ(repaired[i].title, "Frame " + std::to_string(frame));
    EXPECT_EQ(repaired[i].caption, "caption " + std::to_string(frame));
    EXPECT_EQ(repaired[i].before.bytes[0], static_cast<std::uint8_t>(frame)) << "the picture of another frame";
  }
}

TEST(KeptMoments, ShowAScratchThroughManyFramesOnce) {
  KeptMoments moments;
  run(moments, 12, [](std::int64_t frame) { return 0.01 + 0.001 * static_cast<double>(frame % 5); });
  ASSERT_EQ(moments.repaired().size(), 1U);
  EXPECT_EQ(moments.repaired()[0].title, "Frame 4");
}

}  // namespace
}  // namespace reelface
