// SPDX-License-Identifier: Apache-2.0
#include "people/people.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace reelface {
namespace {

/// Somebody in a space of two numbers; the others stay 0.
FaceDescription somebody(float x, float y) {
  FaceDescription description{};
  description[0] = x;
  description[1] = y;
  return description;
}

TrackIdentity track(std::int64_t id, FaceDescription description, std::int64_t first, std::int64_t last,
                    double confidence = 1) {
  return {id, confidence, description, {{first, last}}};
}

TEST(GroupPeople, WhoComesBackIsTheSame) {
  const auto people = group_people({track(1, somebody(0, 0), 0, 9), track(2, somebody(1, 0), 0, 9),
                                    track(3, somebody(1.1F, 0), 50, 60), track(4, somebody(0.1F, 0), 90, 99)});
  EXPECT_EQ(people, (std::vector<std::int64_t>{1, 2, 2, 1}));
}

TEST(GroupPeople, NobodyIsSeenTwiceAtOnce) {
  // Twins: nearer to each other than the threshold, but side by side in one frame.
  EXPECT_EQ(group_people({track(1, somebody(0, 0), 0, 9), track(2, somebody(0.05F, 0), 9, 20)}),
            (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(group_people({track(1, somebody(0, 0), 0, 9), track(2, somebody(0.05F, 0), 10, 20)}),
            (std::vector<std::int64_t>{1, 1}));
}

TEST(GroupPeople, WhatAGroupSharesHoldsForAllOfIt) {
  // 3 fits 1 best, but 1 has been joined with 2 by then, and 2 shares frames with 3.
  const auto people = group_people(
      {track(1, somebody(0, 0), 0, 9), track(2, somebody(0.01F, 0), 20, 29), track(3, somebody(0.02F, 0), 25, 40)});
  EXPECT_EQ(people[0], people[1]);
  EXPECT_NE(people[2], people[0]);
}

TEST(GroupPeople, GapsOfATrackAreNotItsFrames) {
  const TrackIdentity with_gap{1, 1, somebody(0, 0), {{0, 9}, {30, 39}}};
  EXPECT_EQ(group_people({with_gap, track(2, somebody(0.1F, 0), 10, 29)}), (std::vector<std::int64_t>{1, 1}));
  EXPECT_EQ(group_people({with_gap, track(2, somebody(0.1F, 0), 10, 30)}), (std::vector<std::int64_t>{1, 2}));
}

TEST(GroupPeople, AChainOfLikenessIsNotOnePerson) {
  // Each is near the next one, the ends are strangers: the mean distance keeps them apart.
  std::vector<TrackIdentity> tracks;
  tracks.reserve(8);
  for (std::int64_t step = 0; step < 8; ++step)
    tracks.push_back(track(step, somebody(0.25F * static_cast<float>(step), 0), 10 * step, 10 * step + 5));
  const auto people = group_people(tracks);
  EXPECT_NE(people.front(), people.back());
}

TEST(GroupPeople, WithoutADescriptionNobodyIsKnown) {
  EXPECT_EQ(group_people({track(1, somebody(0, 0), 0, 9, 0), track(2, somebody(0, 0), 20, 29)}),
            (std::vector<std::int64_t>{0, 1}));
  EXPECT_TRUE(group_people({}).empty());
}

TEST(GroupPeople, IdsFollowTheFirstAppearanceWhateverTheOrder) {
  std::mt19937 random(3);
  std::normal_distribution<float> little(0, 0.05F);
  std::vector<TrackIdentity> tracks;
  for (int person = 0; person < 6; ++person) {
    const int column = person % 3, row = person / 3;
    for (int visit = 0; visit < 7; ++visit) {
      const std::int64_t start = 100 * visit + 10 * person;
      tracks.push_back(
          track(10 * person + visit,
                somebody(static_cast<float>(column) + little(random), static_cast<float>(row) + little(random)), start,
                start + 5));
    }
  }
  const std::vector<TrackIdentity> ordered = tracks;
  for (int round = 0; round < 5; ++round) {
    const auto people = group_people(tracks);
    for (std::size_t index = 0; index < tracks.size(); ++index)
      EXPECT_EQ(people[index], tracks[index].track_id / 10 + 1);
    std::shuffle(tracks.begin(), tracks.end(), random);
  }
}

TEST(MeanDescription, WeighsAndSurvivesNothing) {
  const FaceDescription mean = mean_description({{somebody(0, 4), 1}, {somebody(4, 0), 3}});
  EXPECT_FLOAT_EQ(mean[0], 3);
  EXPECT_FLOAT_EQ(mean[1], 1);
  EXPECT_EQ(mean_description({}), FaceDescription{});
}

}  // namespace
}  // namespace reelface
