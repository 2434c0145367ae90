// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/distinct_frames.h"

#include <gtest/gtest.h>

#include "pipeline/graph/folding_source.h"

namespace reelface {
namespace {

/// One frame for each digest.
FilmIndex film_of(const std::vector<std::uint64_t>& digests) {
  FilmIndex index;
  index.time_base = {1, 25};
  for (const std::uint64_t digest : digests) index.frames.push_back({index.size(), 1, digest, false});
  return index;
}

std::vector<std::int64_t> frames_of(const DistinctFrames& distinct) {
  std::vector<std::int64_t> frames;
  for (std::int64_t place = 0; place < distinct.end(); ++place) frames.push_back(distinct.frame(place));
  return frames;
}

TEST(DistinctFrames, AreThoseThatDifferFromTheOneBefore) {
  const FilmIndex index = film_of({0, 0, 7, 0, 0, 0, 8, 9});
  const DistinctFrames distinct(index, 2, true);
  EXPECT_EQ(frames_of(distinct), (std::vector<std::int64_t>{0, 2, 3, 6, 7}));
  EXPECT_EQ(distinct.frame(distinct.end()), 8);
  const std::vector<std::int64_t> places{0, 0, 1, 2, 2, 2, 3, 4};
  for (std::int64_t frame = 0; frame < index.size(); ++frame)
    EXPECT_EQ(distinct.place_of(frame), places[static_cast<std::size_t>(frame)]) << frame;
  EXPECT_EQ(distinct.seconds(3), 6 / 25.0);
}

TEST(DistinctFrames, AreAllWhereNothingIsFolded) {
  const FilmIndex index = film_of({0, 0, 7, 0, 0});
  const DistinctFrames distinct(index, 2, false);
  EXPECT_EQ(frames_of(distinct), (std::vector<std::int64_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(distinct.place_of(4), 4);
}

TEST(DistinctFrames, GroupsAreMadeOfThem) {
  const FilmIndex index = film_of({0, 0, 1, 2, 2, 3, 4, 5, 6});
  const DistinctFrames distinct(index, 3, true);
  for (const auto& [place, from, to] :
       std::vector<std::array<std::int64_t, 3>>{{0, 0, 0}, {1, 0, 3}, {2, 0, 3}, {3, 3, 3}, {4, 3, 6}, {6, 6, 6}}) {
    EXPECT_EQ(distinct.group_from(place), from) << place;
    EXPECT_EQ(distinct.group_to(place), to) << place;
  }
  EXPECT_EQ(distinct.group_to(7), distinct.end());
}

TEST(DistinctFrames, AGroupEndsWhereAPictureStaysForLong) {
  for (const std::size_t more : {std::size_t{0}, std::size_t{1}}) {
    std::vector<std::uint64_t> digests{0, 1};
    digests.insert(digests.end(), kMostRepeats + more, 1);
    digests.insert(digests.end(), {2, 3, 4});
    const FilmIndex index = film_of(digests);
    const DistinctFrames distinct(index, 3, true);
    EXPECT_EQ(distinct.end(), 5);
    EXPECT_EQ(distinct.group_to(1), more == 0 ? 3 : 2);
  }
}

}  // namespace
}  // namespace reelface
