// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/film_stretch.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>

#include "pipeline/parts/look_over.h"
#include "pipeline/restore/restore_settings.h"
#include "reelface/core/error.h"
#include "support/generated_media.h"
#include "support/source_folder.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

RestoreOptions options_of(const std::string& input, const SpelledOptions& settings) {
  RestoreOptions options = options_from(settings);
  options.input = input;
  options.output = "unused.mkv";
  options.run.threads = 2;
  return options;
}

KnownFilm looked_over(const RestoreOptions& options) {
  VideoReader reader(options.input, read_options(options, 2));
  KnownFilm film;
  film.info = reader.info();
  film.index = look_over(reader, true, 2, {}, nullptr).index;
  return film;
}

std::vector<Frame> frames_of(const std::string& path) {
  VideoReader reader(path);
  std::vector<Frame> frames;
  while (std::optional<MediaUnit> unit = reader.next()) {
    if (unit->frame) frames.push_back(std::move(*unit->frame));
  }
  return frames;
}

bool are_equal(const Frame& one, const Frame& other) {
  return one.facts().layout.name == other.facts().layout.name && digest_of(one) == digest_of(other);
}

/// Films with and without faces, cuts, noise, ten bits, frames that depend on those that follow.
// With sanitizers networks take twenty times as long: there one frame stands for all.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif

class FilmStretch : public ::testing::Test {
 protected:
  std::string film(const std::string& name, const std::string& arguments) const {
    std::string path = folder_.file(name);
    testing::run_ffmpeg(arguments + " " + testing::quoted(path));
    return path;
  }

  /// A worn face that moves, then a cut to another view of it.
  std::string faces() const {
    const std::string still = testing::quoted(testing::source_file("examples/media/eileen-collins.jpg"));
    const std::string worn = "scale=iw/2:ih/2,gblur=sigma=0.8,scale=2*iw:2*ih,format=yuv420p,setsar=1";
    return film("faces.mkv", "-loop 1 -r 25 -t 1.2 -i " + still + " -loop 1 -r 25 -t 0.8 -i " + still +
                                 " -filter_complex '[0]scale=360:-2,crop=320:240:2*n/3:20," + worn +
                                 "[a];[1]scale=520:-2,crop=320:240:100:60," + worn +
                                 "[b];[a][b]concat=n=2' -c:v libx264 -g 20 -bf 2 -preset ultrafast -crf 12");
  }

  void expect_frames_of_restore(const std::string& input, const SpelledOptions& settings,
                                const std::vector<std::int64_t>& numbers) const {
    RestoreOptions options = options_of(input, settings);
    options.output = folder_.file("whole.mkv");
    options.write.codec = "ffv1";
    options.write.overwrite = true;
    restore_video(options);
    const std::vector<Frame> whole = frames_of(options.output);
    const KnownFilm known = looked_over(options);
    ASSERT_EQ(static_cast<std::int64_t>(whole.size()), known.index.size());
    const auto models = load_models(options);
    for (const std::int64_t number : numbers) {
      const PlannedPart stretch = stretch_of(known, options, number, number + 1);
      const std::vector<Frame> frames = restore_stretch(known, options, stretch, {models});
      ASSERT_EQ(frames.size(), 1U);
      EXPECT_TRUE(are_equal(frames.front(), whole[static_cast<std::size_t>(number)])) << "frame " << number;
    }
  }

  testing::TemporaryFolder folder_;
};

TEST_F(FilmStretch, IsWhatRestoringTheWholeFilmMakesOfFaces) {
  const std::string input = faces();
  if (kIsSanitized) return expect_frames_of_restore(input, {}, {31});
  expect_frames_of_restore(input, {}, {0, 1, 13, 29, 30, 31, 49});
  expect_frames_of_restore(input, {{"strength", {"40"}}, {"temporal", {"off"}}}, {0, 22, 49});
  // What is equal because nothing happens would prove nothing.
  const KnownFilm known = looked_over(options_of(input, {}));
  const RestoreOptions options = options_of(input, {});
  const PlannedPart stretch = stretch_of(known, options, 20, 21);
  EXPECT_FALSE(
      are_equal(restore_stretch(known, options, stretch).front(), read_stretch(known, options, stretch).front()));
}

/// How much is restored follows from frames far back, of which no others are restored than those that were measured.
TEST_F(FilmStretch, WhoSomebodyIsIsMeasuredFarBack) {
  if (kIsSanitized) return;
  const std::string still = testing::quoted(testing::source_file("examples/media/eileen-collins.jpg"));
  const std::string input =
      film("doubted.mkv", "-loop 1 -r 12 -t 3 -i " + still +
                              " -vf \"scale=360:-2,crop=320:240:20+20*sin(n/9):20,scale=iw/2:ih/2,"
                              "gblur=sigma=0.4,scale=2*iw:2*ih,format=yuv420p\" -c:v ffv1");
  const SpelledOptions doubtful = {{"identity-limit", {"0.001"}}};
  constexpr std::int64_t kDoubted = 14;  // measured in frame 0, and not again before frame 15
  expect_frames_of_restore(input, doubtful, {12, kDoubted, 30});
  // It must have been of consequence.
  const RestoreOptions options = options_of(input, doubtful);
  const RestoreOptions unguarded = options_of(input, {{"identity-guard", {"off"}}});
  const KnownFilm known = looked_over(options);
  const PlannedPart stretch = stretch_of(known, options, kDoubted, kDoubted + 1);
  EXPECT_EQ(stretch.measure_from, 0);
  EXPECT_GE(stretch.restore_from, 3);
  EXPECT_FALSE(
      are_equal(restore_stretch(known, options, stretch).front(),
                restore_stretch(known, unguarded, stretch_of(known, unguarded, kDoubted, kDoubted + 1)).front()));
}

/// Frames are read, and faces looked for, once for all settings that only decide what comes behind.
TEST_F(FilmStretch, WhatIsFollowedAlreadyIsRestoredWithOtherSettings) {
  const std::string input = faces();
  const KnownFilm known = looked_over(options_of(input, {}));
  const auto models = load_models(options_of(input, {}));
  const std::int64_t number = 24;
  const auto frame_of = [&](const SpelledOptions& settings, FollowedStretch* followed) {
    const RestoreOptions options = options_of(input, settings);
    const PlannedPart stretch = stretch_of(known, options, number, number + 1);
    return std::move(restore_stretch(known, options, stretch, {models, {}, nullptr, followed}).front());
  };
  std::vector<SpelledOptions> settings{{{"strength", {"40"}}}, {{"mask", {"box"}}}, {}};
  if (kIsSanitized) settings.resize(1);
  std::vector<Frame> wanted;
  wanted.reserve(settings.size());
  for (const SpelledOptions& each : settings) wanted.push_back(frame_of(each, nullptr));
  FollowedStretch followed(std::size_t{256} << 20), other(std::size_t{256} << 20), too_small(1000);
  for (FollowedStretch* each : {&followed, &other, &too_small}) frame_of({}, each);
  ASSERT_EQ(std::rename(input.c_str(), (input + ".gone").c_str()), 0);
  for (std::size_t i = 0; i < settings.size(); ++i)
    EXPECT_TRUE(are_equal(frame_of(settings[i], &followed), wanted[i])) << i;
  // These have to read the film.
  EXPECT_THROW(frame_of({{"compare", {"side"}}}, &followed), Error);  // nobody has kept how it was
  EXPECT_THROW(frame_of({{"window", {"0.1"}}}, &other), Error);       // follows faces otherwise
  EXPECT_THROW(frame_of({{"strength", {"40"}}}, &other), Error);      // what was held is gone by then
  EXPECT_THROW(frame_of({{"strength", {"40"}}}, &too_small), Error);
}

/// The same of the last frame of a shot and the first of the next.
TEST_F(FilmStretch, WhatIsFollowedAlreadyServesBesideACut) {
  if (kIsSanitized) return;
  const std::string input = faces();
  const KnownFilm known = looked_over(options_of(input, {}));
  const auto models = load_models(options_of(input, {}));
  ASSERT_TRUE(known.index.frames[30].starts_shot);
  for (const std::int64_t number : {29, 30}) {
    FollowedStretch followed(std::size_t{256} << 20);
    const auto frame_of = [&](const SpelledOptions& settings) {
      const RestoreOptions options = options_of(input, settings);
      const PlannedPart stretch = stretch_of(known, options, number, number + 1);
      return std::move(restore_stretch(known, options, stretch, {models, {}, nullptr, &followed}).front());
    };
    const Frame before = frame_of({});
    ASSERT_EQ(std::rename(input.c_str(), (input + ".gone").c_str()), 0);
    EXPECT_FALSE(are_equal(frame_of({{"strength", {"10"}}}), before)) << number;
    EXPECT_TRUE(are_equal(frame_of({}), before)) << number;
    ASSERT_EQ(std::rename((input + ".gone").c_str(), input.c_str()), 0);
  }
}

/// What repeats is one frame for all steps, here as well.
TEST_F(FilmStretch, WhatIsFollowedAlreadyKeepsItsRepeats) {
  if (kIsSanitized) return;
  const std::string still = testing::quoted(testing::source_file("examples/media/eileen-collins.jpg"));
  const std::string input =
      film("stalled.mkv", "-loop 1 -r 25 -t 1.6 -i " + still +
                              " -vf \"scale=360:-2,crop=320:240:2*n/3:20,select='not(between(mod(n,5),2,3))'"
                              ",fps=25,format=yuv420p\" -c:v ffv1");
  const KnownFilm known = looked_over(options_of(input, {}));
  const auto models = load_models(options_of(input, {}));
  FollowedStretch followed(std::size_t{256} << 20);
  for (const std::int64_t number : {16, 17, 18, 19}) {
    const auto frame_of = [&](const SpelledOptions& settings, FollowedStretch* kept) {
      const RestoreOptions options = options_of(input, settings);
      const PlannedPart stretch = stretch_of(known, options, number, number + 1);
      return std::move(restore_stretch(known, options, stretch, {models, {}, nullptr, kept}).front());
    };
    frame_of({}, &followed);
    EXPECT_TRUE(are_equal(frame_of({{"strength", {"30"}}}, &followed), frame_of({{"strength", {"30"}}}, nullptr)))
        << number;
  }
}

TEST_F(FilmStretch, IsWhatRestoringTheWholeFilmMakesOfPictures) {
  const std::string input = film("noise.mkv",
                                 "-f lavfi -i testsrc2=s=160x120:r=25:d=1.6,noise=alls=18:allf=t:all_seed=7 "
                                 "-c:v ffv1 -pix_fmt yuv420p10le");
  if (kIsSanitized) return expect_frames_of_restore(input, {{"model", {"none"}}, {"for", {"film"}}}, {17});
  expect_frames_of_restore(input, {{"model", {"none"}}, {"for", {"film"}}}, {0, 1, 17, 39});
  expect_frames_of_restore(input, {{"model", {"none"}}, {"clean", {"60"}}, {"grain", {"less"}}}, {0, 20, 39});
  expect_frames_of_restore(input, {{"model", {"none"}}, {"upscale", {"1.5"}}}, {0, 20, 39});
}

/// Every picture up to four times, and one for longer than a job holds.
TEST_F(FilmStretch, IsWhatRestoringTheWholeFilmMakesOfRepeats) {
  const std::string input = film("stalls.mkv",
                                 "-f lavfi -i testsrc2=s=160x120:r=25:d=2.4,noise=alls=18:allf=t:all_seed=7 "
                                 "-vf \"select='not(between(mod(n,7),3,5))',fps=25,loop=loop=520:size=1:start=30,"
                                 "settb=1/25,setpts=N\" -fps_mode passthrough -c:v ffv1 -pix_fmt yuv420p");
  if (kIsSanitized) return expect_frames_of_restore(input, {{"model", {"none"}}, {"for", {"film"}}}, {18});
  expect_frames_of_restore(input, {{"model", {"none"}}, {"for", {"film"}}},
                           {0, 1, 2, 3, 19, 30, 31, 300, 549, 550, 551, 575});
  expect_frames_of_restore(input, {{"model", {"none"}}, {"upscale", {"1.5"}}}, {0, 3, 19, 300, 551});
  expect_frames_of_restore(input, {{"min-face", {"12"}}}, {0, 19, 540});
}

TEST_F(FilmStretch, OfOneFrameIsThatFrame) {
  const std::string input = film("one.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.04 -c:v ffv1 -pix_fmt yuv444p");
  expect_frames_of_restore(input, {{"model", {"none"}}, {"for", {"film"}}}, {0});
}

TEST_F(FilmStretch, ReadsFramesAsTheyAre) {
  const std::string input =
      film("groups.mp4", "-f lavfi -i testsrc2=s=64x48:r=25:d=4 -c:v libx264 -g 30 -bf 3 -pix_fmt yuv420p");
  const RestoreOptions options = options_of(input, {});
  const KnownFilm known = looked_over(options);
  const std::vector<Frame> whole = frames_of(input);
  for (const std::int64_t first : {0, 29, 30, 31, 77, 99}) {
    const std::int64_t end = std::min<std::int64_t>(first + 2, known.index.size());
    const std::vector<Frame> frames = read_stretch(known, options, stretch_of(known, options, first, end));
    ASSERT_EQ(static_cast<std::int64_t>(frames.size()), end - first);
    for (std::int64_t number = first; number < end; ++number)
      EXPECT_TRUE(are_equal(frames[static_cast<std::size_t>(number - first)], whole[static_cast<std::size_t>(number)]))
          << number;
  }
}

TEST_F(FilmStretch, OfABeginningIsKnownOnceWhatItNeedsIs) {
  const std::string input = film("long.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=4 -c:v ffv1 -pix_fmt yuv420p");
  const RestoreOptions options = options_of(input, {});
  KnownFilm known = looked_over(options);
  const PlannedPart whole = stretch_of(known, options, 20, 21);
  EXPECT_TRUE(is_known(known, whole));
  KnownFilm beginning = known;
  beginning.is_whole = false;
  beginning.index.frames.resize(static_cast<std::size_t>(whole.read_to));
  EXPECT_FALSE(is_known(beginning, stretch_of(beginning, options, 20, 21)));
  beginning.index.frames = known.index.frames;
  EXPECT_TRUE(is_known(beginning, stretch_of(beginning, options, 20, 21)));
  EXPECT_FALSE(is_known(beginning, stretch_of(beginning, options, 99, 100)));
}

TEST_F(FilmStretch, StopsWhenItIsAsked) {
  const std::string input = film("stopped.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=2 -c:v ffv1 -pix_fmt yuv420p");
  const RestoreOptions options = options_of(input, {{"model", {"none"}}});
  const KnownFilm known = looked_over(options);
  CancelToken cancel;
  cancel.request(CancelLevel::kAbort);
  EXPECT_THROW(restore_stretch(known, options, stretch_of(known, options, 5, 6), {{}, {}, &cancel}), Error);
}

TEST_F(FilmStretch, RefusesWhatIsNotThere) {
  const std::string input = film("short.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.2 -c:v ffv1 -pix_fmt yuv420p");
  RestoreOptions options = options_of(input, {});
  const KnownFilm known = looked_over(options);
  for (const auto& [first, end] :
       std::vector<std::pair<std::int64_t, std::int64_t>>{{-1, 0}, {5, 6}, {2, 2}, {3, 2}, {0, 6}})
    EXPECT_THROW(stretch_of(known, options, first, end), Error) << first;
  options.faces.selector_mode = FaceSelectorMode::kReference;
  options.faces.reference_faces = {"anna.jpg"};
  EXPECT_THROW(stretch_of(known, options, 0, 1), Error);
}

}  // namespace
}  // namespace reelface
