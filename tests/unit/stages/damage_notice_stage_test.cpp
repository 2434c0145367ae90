// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/damage_notice_stage.h"

#include <gtest/gtest.h>

#include <vector>

#include "film_of_scenery.h"

namespace reelface {
namespace {

using testing::frame_of;
using testing::Scenery;
using testing::seen;
using testing::with_noise;

struct Told {
  int times = 0;
  DamageSeen seen;
};

Told told_of(const std::vector<Frame>& film) {
  Told told;
  const Stage stage = make_damage_notice_stage([&told](const DamageSeen& seen) {
    ++told.times;
    told.seen = seen;
  });
  const std::vector<FrameGroupPtr> groups = testing::groups_of(film, 8);
  groups.back()->is_last = true;
  for (const FrameGroupPtr& group : groups) stage.run(*group);
  return told;
}

std::vector<Frame> film_of(int count, double noise, int specks) {
  const Scenery scenery(3);
  std::vector<Frame> film;
  for (int i = 0; i < count; ++i) {
    cv::Mat picture = with_noise(seen(scenery, {50 + 0.6 * i, 50}), noise, 1000 + 77 * i);
    for (int speck = 0; speck < specks; ++speck)
      picture(cv::Rect(20 + 40 * speck + 11 * (i % 3), 30 + 17 * (i % 4), 3, 3)) = 235;
    film.push_back(frame_of(picture));
  }
  return film;
}

TEST(DamageNotice, OldFilmIsToldWithTheWordThatMendsIt) {
  const Told told = told_of(film_of(100, 6, 2));
  ASSERT_EQ(told.times, 1);
  EXPECT_NEAR(told.seen.noise, 6, 1.5);
  EXPECT_GE(told.seen.specks, 0.5);
  EXPECT_NE(advice_on(told.seen).find("--for film"), std::string::npos);
}

TEST(DamageNotice, NoiseAloneIsToldAsNoise) {
  const Told told = told_of(film_of(100, 6, 0));
  ASSERT_EQ(told.times, 1);
  EXPECT_NE(advice_on(told.seen).find("--clean auto"), std::string::npos);
}

TEST(DamageNotice, ACleanFilmNeedsNothing) {
  const Told told = told_of(film_of(100, 0, 0));
  ASSERT_EQ(told.times, 1);
  EXPECT_EQ(advice_on(told.seen), "");
}

TEST(DamageNotice, TooShortAFilmIsNotJudged) {
  EXPECT_EQ(told_of(film_of(5, 6, 2)).times, 0);
  EXPECT_EQ(advice_on({}), "");
}

TEST(DamageNotice, IsToldOnceHoweverLongTheFilm) {
  EXPECT_EQ(told_of(film_of(700, 6, 0)).times, 1);
}

}  // namespace
}  // namespace reelface
