// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/divide_film.h"

#include <gtest/gtest.h>

#include <cmath>

#include "indexed_film.h"
#include "pipeline/restore/film_run.h"

namespace reelface {
namespace {

using testing::film_of;

PartSizes parts(std::int64_t count) {
  PartSizes sizes;
  sizes.count = count;
  return sizes;
}

/// The line of these options.
FilmWork work_of(const RestoreOptions& options) {
  VideoInfo video;
  video.width = 640;
  video.height = 480;
  video.layout = pixel_layout("yuv420p");
  video.frame_rate = {25, 1};
  return {outline_of_restoring(options, video), 8};
}

FilmWork guarded_faces() {
  return work_of(RestoreOptions());
}

FilmWork faces() {
  RestoreOptions options;
  options.identity.guard = false;
  return work_of(options);
}

void expect_whole(const std::vector<PlannedPart>& divided, std::int64_t frames) {
  ASSERT_FALSE(divided.empty());
  EXPECT_EQ(divided.front().first_frame, 0);
  EXPECT_EQ(divided.back().end_frame, frames);
  for (std::size_t part = 0; part < divided.size(); ++part) {
    EXPECT_GT(divided[part].frames(), 0) << part;
    EXPECT_EQ(divided[part].first_frame, part > 0 ? divided[part - 1].end_frame : 0);
    EXPECT_LE(divided[part].read_from, divided[part].measure_from);
    EXPECT_LE(divided[part].measure_from, divided[part].restore_from);
    EXPECT_LE(divided[part].restore_from, divided[part].first_frame);
    EXPECT_GE(divided[part].read_to, divided[part].end_frame);
    EXPECT_LE(divided[part].read_to, frames);
    EXPECT_GE(divided[part].read_from, 0);
  }
}

TEST(DivideFilm, EveryFrameBelongsToOnePart) {
  for (const std::int64_t frames : {1, 2, 7, 100, 1001}) {
    for (const std::int64_t count : {1, 2, 3, 7, 100, 5000}) {
      const auto divided = divide_film(
          film_of(frames, frames > 50 ? std::vector<std::int64_t>{30, 31, 49} : std::vector<std::int64_t>{}),
          parts(count), faces());
      EXPECT_EQ(static_cast<std::int64_t>(divided.size()), std::min(count, frames));
      expect_whole(divided, frames);
    }
  }
}

TEST(DivideFilm, LengthDecidesHowMany) {
  constexpr std::int64_t kFramesPerSecond = 25;
  PartSizes sizes;
  sizes.seconds = 60;
  EXPECT_EQ(divide_film(film_of(kFramesPerSecond * 600), sizes, faces()).size(), 10U);
  EXPECT_EQ(divide_film(film_of(kFramesPerSecond * 30), sizes, faces()).size(), 1U);
}

TEST(DivideFilm, SpansHavePartsOfTheirOwn) {
  const FilmIndex index = film_of(1000);
  const auto divided = divide_film(index, parts(10), {{0, 5, faces()}, {5, 405, FilmWork{}}, {405, 1000, faces()}});
  expect_whole(divided, 1000);
  EXPECT_EQ(divided.size(), 1u + 4u + 6u);
  EXPECT_EQ(divided[0].end_frame, 5);
  EXPECT_EQ(divided[5].first_frame, 405);
  for (std::size_t part = 1; part < 5; ++part)
    EXPECT_EQ(divided[part].read_from, divided[part].first_frame) << "as its own work needs it";
  EXPECT_LT(divided[5].read_from, 405) << "what looks back looks into the span before";
  PartSizes sizes;
  sizes.seconds = 8;
  EXPECT_EQ(divide_film(index, sizes, {{0, 5, faces()}, {5, 1000, faces()}}).size(), 1u + 5u);
}

TEST(DivideFilm, BordersGoToCutsThatAreNear) {
  const auto near = divide_film(film_of(1000, {540}), parts(2), faces());
  EXPECT_EQ(near[1].first_frame, 540);
  EXPECT_TRUE(near[1].starts_at_cut);
  const auto far = divide_film(film_of(1000, {900}), parts(2), faces());
  EXPECT_EQ(far[1].first_frame, 500);
  EXPECT_FALSE(far[1].starts_at_cut);
}

TEST(DivideFilm, WarmUpIsShortBehindACutAndLongElsewhere) {
  const FilmIndex plain = film_of(1000);
  const PlannedPart warm = divide_film(plain, parts(2), faces())[1];
  EXPECT_GE(plain.seconds_at(warm.first_frame) - plain.seconds_at(warm.read_from), 5.5);
  EXPECT_GE(plain.seconds_at(warm.first_frame) - plain.seconds_at(warm.restore_from), 0.75);
  const PlannedPart at_cut = divide_film(film_of(1000, {500}), parts(2), faces())[1];
  EXPECT_GE(at_cut.first_frame - at_cut.read_from, 8);
  EXPECT_LE(at_cut.first_frame - at_cut.read_from, 16);
  // A cut within the warm-up shortens it as well.
  const PlannedPart behind_cut = divide_film(film_of(1000, {250}), parts(2), faces())[1];
  EXPECT_EQ(behind_cut.first_frame, 250 + 250);
}

TEST(DivideFilm, WhoItIsIsMeasuredOverAWarmUpOfItsOwn) {
  const FilmIndex index = film_of(1000);
  const PlannedPart part = divide_film(index, parts(2), guarded_faces())[1];
  EXPECT_GE(index.seconds_at(part.first_frame) - index.seconds_at(part.measure_from), 3 * 1.25);
  EXPECT_GE(index.seconds_at(part.measure_from) - index.seconds_at(part.read_from), 4.5);
  EXPECT_LT(index.seconds_at(part.first_frame) - index.seconds_at(part.restore_from), 1) << "blending looks back less";
}

TEST(DivideFilm, GroupsCountFromTheFilmsFirstFrame) {
  for (const PlannedPart& part : divide_film(film_of(1000, {333}), parts(7), faces())) EXPECT_EQ(part.read_from % 8, 0);
}

TEST(DivideFilm, LookAheadHoldsTheWindow) {
  const FilmIndex index = film_of(1000);
  const PlannedPart part = divide_film(index, parts(2), faces())[0];
  EXPECT_GE(index.seconds_at(part.read_to - 1) - index.seconds_at(part.end_frame - 1), 1.5 * 0.5 + 4 / 25.0);
}

TEST(DivideFilm, FramesOnTheirOwnNeedNoOthers) {
  for (const PlannedPart& part : divide_film(film_of(100), parts(7), FilmWork{})) {
    EXPECT_EQ(part.read_from, part.first_frame);
    EXPECT_EQ(part.read_to, part.end_frame);
  }
}

TEST(DivideFilm, SlowFilmsWarmUpByFramesToo) {
  FilmIndex index = film_of(100);
  index.time_base = {10, 1};  // a slide every ten seconds
  const PlannedPart part = divide_film(index, parts(2), faces())[1];
  EXPECT_GE(part.first_frame - part.read_from, 8);
}

/// Every frame `times` times.
FilmIndex repeated(std::int64_t distinct, std::int64_t times) {
  FilmIndex index = film_of(distinct * times);
  for (std::int64_t frame = 0; frame < index.size(); ++frame)
    index.frames[static_cast<std::size_t>(frame)].digest = static_cast<std::uint64_t>(frame / times);
  return index;
}

TEST(DivideFilm, FramesThatRepeatOthersDoNotCount) {
  // Every frame three times: a third of the speed, and reaches that count frames are three times as long.
  const FilmIndex index = repeated(1000, 3);
  for (const std::int64_t count : {2, 3, 7}) {
    for (const PlannedPart& part : divide_film(index, parts(count), faces())) {
      EXPECT_EQ(part.read_from % 24, 0) << "groups hold frames that differ";
      EXPECT_EQ(part.read_to % 3, 0) << "a picture is read as often as it is shown";
      EXPECT_EQ(part.restore_from % 3, 0);
      EXPECT_LE(part.read_from, part.restore_from);
    }
  }
  RestoreOptions options;
  options.model.aligned = true;
  const PlannedPart aligned = divide_film(index, parts(2), work_of(options))[1];
  EXPECT_EQ(aligned.first_frame, 1500);
  EXPECT_EQ(aligned.read_from, 3 * ((500 - 4) / 8 * 8));
}

TEST(DivideFilm, APartThatBeginsAmongRepeatsReadsWhatTheyRepeat) {
  FilmIndex index = film_of(1000);
  for (std::size_t frame = 480; frame < 530; ++frame) index.frames[frame].digest = 480;
  const PlannedPart part = divide_film(index, parts(2), faces())[1];
  EXPECT_EQ(part.first_frame, 500);
  EXPECT_LE(part.restore_from, 480);
  EXPECT_GE(index.seconds_at(480) - index.seconds_at(part.read_from), 5.5);
}

TEST(DivideFilm, WithoutAnyStepEveryFrameCounts) {
  for (const PlannedPart& part : divide_film(repeated(100, 3), parts(7), FilmWork{})) {
    EXPECT_EQ(part.read_from, part.first_frame);
    EXPECT_EQ(part.read_to, part.end_frame);
  }
}

/// What no step of ours is alone, so that the rules are seen one by one.
FilmWork work_of_step(StepNeeds needs) {
  return {{{"step", std::move(needs)}}, 8};
}

TEST(DivideFilm, AStepThatRemembersAcrossCutsIsWarmedUpAcrossThem) {
  StepNeeds finder;
  finder.frames_around_cut = 8;
  StepNeeds needs;
  needs.back.seconds = 3;
  for (const bool stops : {true, false}) {
    needs.stops_at_cut = stops;
    const FilmWork work{{{"finder", finder}, {"step", needs}}, 8};
    const PlannedPart part = divide_film(film_of(1000, {500}), parts(2), work)[1];
    EXPECT_EQ(part.starts_at_cut, stops);
    EXPECT_EQ(part.read_from, stops ? 488 : 424);
  }
}

TEST(DivideFilm, WhatRemembersEverythingIsReadFromTheStart) {
  StepNeeds needs;
  needs.back.seconds = INFINITY;
  EXPECT_EQ(divide_film(film_of(1000), parts(2), work_of_step(needs))[1].read_from, 0);
}

TEST(DivideFilm, ReachesOfStepsAddUp) {
  StepNeeds needs;
  needs.back.seconds = needs.ahead.seconds = 1;
  const FilmWork twice{{{"restore", needs}, {"behind", needs}}, 1};
  const PlannedPart part = divide_film(film_of(1000), parts(4), twice)[1];
  EXPECT_EQ(part.read_from, 250 - 51);
  EXPECT_EQ(part.restore_from, 250 - 25);
  EXPECT_EQ(part.read_to, 500 + 50);
}

/// As they were when the constants stood in one place.
TEST(DivideFilm, TheReachOfFacesIsWhatItWas) {
  const PlannedPart guarded = divide_film(film_of(2000), parts(2), guarded_faces())[1];
  EXPECT_EQ(guarded.read_from, (1000 - 226) / 8 * 8);  // 4 + 4.5 + 0.5 s
  EXPECT_EQ(guarded.measure_from, 1000 - 100);
  EXPECT_EQ(guarded.restore_from, 1000 - 19);
  const PlannedPart plain = divide_film(film_of(2000), parts(2), faces())[0];
  EXPECT_EQ(plain.read_to, (1000 + 4 + 19 + 8 + 7) / 8 * 8);  // 0.75 s
  RestoreOptions options;
  options.model.aligned = true;
  const PlannedPart aligned = divide_film(film_of(2000), parts(2), work_of(options))[1];
  EXPECT_EQ(aligned.read_from, (1000 - 4) / 8 * 8);
  EXPECT_EQ(aligned.restore_from, 1000);
}

TEST(DivideFilm, CutsDoNotShortenWhatAFileOfTracksMayHaveSeenOtherwise) {
  RestoreOptions options;
  options.faces.tracks_file = "tracks.json";
  const PlannedPart part = divide_film(film_of(1000, {500}), parts(2), work_of(options))[1];
  EXPECT_FALSE(part.starts_at_cut);
  EXPECT_LT(part.read_from, 300);
}

}  // namespace
}  // namespace reelface
