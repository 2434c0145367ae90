// SPDX-License-Identifier: Apache-2.0
#include "studio/films/damage_looks.h"

#include <gtest/gtest.h>

#include <vector>

#include "unit/stages/film_of_scenery.h"

namespace reelface {
namespace {

using testing::frame_of;
using testing::Scenery;
using testing::seen;

/// Dirt, where there is any, lies elsewhere in each picture.
Frame frame_with(const Scenery& scenery, int number, bool is_dirty) {
  cv::Mat picture = seen(scenery, {50 + 0.6 * number, 50});
  for (int speck = 0; is_dirty && speck < 3; ++speck)
    picture(cv::Rect(20 + 40 * speck + 11 * (number % 3), 30 + 17 * (number % 4), 3, 3)) = 235;
  return frame_of(picture);
}

TEST(DamageLooks, TellWhereTheDirtIs) {
  const Scenery scenery(3);
  DamageLooks looks;
  for (int number = 0; number < 64; ++number) looks.see(number, frame_with(scenery, number, number >= 32));
  const auto seen = looks.looks();
  ASSERT_EQ(seen.size(), 4U);
  EXPECT_LT(seen.at(0).specks, 0.5);
  EXPECT_LT(seen.at(16).specks, 0.5);
  EXPECT_GE(seen.at(32).specks, 2);
  EXPECT_GE(seen.at(48).specks, 2);
}

TEST(DamageLooks, OrderDoesNotMatter) {
  const Scenery scenery(3);
  DamageLooks forwards, backwards;
  for (int number = 0; number < 6; ++number) forwards.see(number, frame_with(scenery, number, true));
  for (int number = 5; number >= 0; --number) backwards.see(number, frame_with(scenery, number, true));
  ASSERT_EQ(forwards.looks().size(), 1U);
  ASSERT_EQ(backwards.looks().size(), 1U);
  EXPECT_EQ(forwards.looks().at(0).specks, backwards.looks().at(0).specks);
  EXPECT_EQ(forwards.looks().at(0).noise, backwards.looks().at(0).noise);
}

/// A film of 12 pictures a second in one of 24.
TEST(DamageLooks, RepeatedFramesHideNoDirt) {
  const Scenery scenery(3);
  DamageLooks looks;
  for (int number = 0; number < 6; ++number) looks.see(number, frame_with(scenery, number / 2, true));
  ASSERT_EQ(looks.looks().size(), 1U);
  EXPECT_GE(looks.looks().at(0).specks, 2);
}

TEST(DamageLooks, LongFilmsAreLookedAtMoreSeldom) {
  const Scenery scenery(3);
  std::vector<Frame> frames;
  for (int number = 0; number < 6; ++number) frames.push_back(frame_with(scenery, number, false));
  DamageLooks looks;
  for (int place = 0; place < 400; ++place) {
    for (int number = 0; number < 6; ++number) looks.see(16 * place + number, frames[static_cast<std::size_t>(number)]);
  }
  const auto seen = looks.looks();
  EXPECT_LE(seen.size(), 240U);
  EXPECT_GE(seen.size(), 120U);
  EXPECT_GE(seen.rbegin()->first, 16 * 390);
  for (const auto& [frame, look] : seen) EXPECT_EQ(frame % 32, 0);
}

TEST(DamageLooks, FramesThatNeverComeHoldNobodyUp) {
  const Scenery scenery(3);
  DamageLooks looks;
  for (int number = 0; number < 300; ++number) {
    if (number != 18) looks.see(number, frame_with(scenery, number % 6, false));
  }
  EXPECT_EQ(looks.looks().count(16), 0U);
  EXPECT_EQ(looks.looks().count(32), 1U);
}

}  // namespace
}  // namespace reelface
