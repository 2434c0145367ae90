// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/settings_spans.h"

#include <gtest/gtest.h>

#include "indexed_film.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

using testing::film_of;

FilmSegment segment(std::int64_t first, std::int64_t end, std::int64_t fade = 4) {
  return {first, end, fade, {}};
}

TEST(SettingsSpans, CoverTheFilm) {
  const FilmIndex film = film_of(100);
  const FilmSegments segments{segment(0, 10), segment(10, 30), segment(50, 100)};
  const auto spans = spans_of(segments, film);
  ASSERT_EQ(spans.size(), 4u);
  std::int64_t next = 0;
  for (const SettingsSpan& span : spans) {
    EXPECT_EQ(span.first_frame, next);
    next = span.end_frame;
  }
  EXPECT_EQ(next, 100);
  EXPECT_EQ(spans[0].segment, 0u);
  EXPECT_EQ(spans[1].segment, 1u);
  EXPECT_EQ(spans[2].segment, std::nullopt);
  EXPECT_EQ(spans[3].segment, 2u);
  EXPECT_EQ(&span_at(spans, 9), &spans[0]);
  EXPECT_EQ(&span_at(spans, 10), &spans[1]);
  EXPECT_EQ(&span_at(spans, 99), &spans[3]);
  EXPECT_THROW(span_at(spans, 100), Error);
}

TEST(SettingsSpans, AFilmWithoutSegmentsIsOne) {
  const auto spans = spans_of({}, film_of(7));
  ASSERT_EQ(spans.size(), 1u);
  EXPECT_EQ(spans[0].end_frame, 7);
  EXPECT_EQ(spans[0].fade_frames(), 0);
}

TEST(SettingsSpans, LeadOverWithinAShotAndNotAtACut) {
  const auto spans = spans_of({segment(20, 40), segment(60, 80, 0)}, film_of(100, {40}));
  ASSERT_EQ(spans.size(), 5u);
  EXPECT_EQ(spans[0].fade_frames(), 0);
  EXPECT_EQ(spans[1].fade_end, 24);
  EXPECT_EQ(spans[1].before, std::nullopt);
  EXPECT_EQ(spans[2].fade_frames(), 0) << "a cut";
  EXPECT_EQ(spans[3].fade_frames(), 0) << "asked for none";
  EXPECT_EQ(spans[4].fade_frames(), 0);
}

TEST(SettingsSpans, LeadOutByTheSegmentsOwnLength) {
  const auto spans = spans_of({segment(20, 40, 8)}, film_of(100));
  EXPECT_EQ(spans[2].fade_end, 48);
  EXPECT_EQ(spans[2].before, 0u);
  const auto neighbours = spans_of({segment(20, 40, 8), segment(40, 60, 2)}, film_of(100));
  EXPECT_EQ(neighbours[2].fade_end, 42) << "the later one says how long";
  EXPECT_EQ(neighbours[2].before, 0u);
}

TEST(SettingsSpans, AFadeEndsWithItsSpan) {
  const auto spans = spans_of({segment(20, 22, 48)}, film_of(30));
  EXPECT_EQ(spans[1].fade_end, 22);
  EXPECT_EQ(spans[2].fade_end, 30);
}

TEST(SettingsSpans, TheShareGrowsEvenly) {
  const SettingsSpan span = spans_of({segment(20, 40, 3)}, film_of(100))[1];
  EXPECT_DOUBLE_EQ(span.share_at(20), 0.25);
  EXPECT_DOUBLE_EQ(span.share_at(21), 0.5);
  EXPECT_DOUBLE_EQ(span.share_at(22), 0.75);
  EXPECT_DOUBLE_EQ(span.share_at(23), 1);
}

TEST(SettingsSpans, WhatIsBehindTheEndIsLeftOutOrRefused) {
  const FilmSegments segments{segment(5, 50), segment(60, 70)};
  const auto spans = spans_of(segments, film_of(10));
  ASSERT_EQ(spans.size(), 2u);
  EXPECT_EQ(spans[1].end_frame, 10);
  EXPECT_THROW(check_segments_fit(segments, 10), Error);
  EXPECT_THROW(check_segments_fit(segments, 69), Error);
  EXPECT_NO_THROW(check_segments_fit(segments, 70));
}

}  // namespace
}  // namespace reelface
