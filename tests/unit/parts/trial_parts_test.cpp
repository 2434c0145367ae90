// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/trial_parts.h"

#include <gtest/gtest.h>

#include <utility>

#include "indexed_film.h"

namespace reelface {
namespace {

using testing::film_of;

using Stretches = std::vector<std::pair<std::int64_t, std::int64_t>>;

Stretches tried_of(std::int64_t frames, bool may_seek = true) {
  Stretches stretches;
  for (const PlannedPart& part : trial_parts(film_of(frames), FilmWork(), may_seek))
    stretches.emplace_back(part.first_frame, part.end_frame);
  return stretches;
}

TEST(TrialParts, AreAFewSecondsOfALongFilm) {
  EXPECT_EQ(tried_of(6000), (Stretches{{976, 1024}, {2976, 3024}, {4976, 5024}}));
  EXPECT_EQ(tried_of(288), (Stretches{{24, 72}, {120, 168}, {216, 264}}));
}

TEST(TrialParts, AreTheBeginningOfAShortOne) {
  EXPECT_EQ(tried_of(287), (Stretches{{0, 48}}));
  EXPECT_EQ(tried_of(20), (Stretches{{0, 20}})) << "no more than there is";
}

TEST(TrialParts, AreTheBeginningWhereFramesNeedAllBeforeThem) {
  EXPECT_EQ(tried_of(6000, false), (Stretches{{0, 48}}));
}

}  // namespace
}  // namespace reelface
