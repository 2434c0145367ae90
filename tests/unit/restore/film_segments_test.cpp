// SPDX-License-Identifier: Apache-2.0
#include "reelface/restore/film_segments.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "reelface/core/error.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

std::string segment(const std::string& content) {
  return R"({"segments": [{)" + content + "}]}";
}

/// What the message says.
std::string refused(const std::string& text) {
  try {
    parse_segments(text, "s.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage) << text;
    return error.what();
  }
  ADD_FAILURE() << "taken: " << text;
  return "";
}

TEST(FilmSegments, AreReadInTheFilmsOrder) {
  const FilmSegments segments = parse_segments(
      R"({"segments": [{"frames": [50, 60], "fade": 0}, {"frames": [0, 50], "settings": {"strength": 40, "neutral": false}}]})",
      "s.json");
  ASSERT_EQ(segments.size(), 2u);
  EXPECT_EQ(segments[0].first_frame, 0);
  EXPECT_EQ(segments[0].end_frame, 50);
  EXPECT_EQ(segments[0].fade_frames, FilmSegment().fade_frames);
  EXPECT_EQ(segments[0].settings.at("strength"), OptionTexts{"40"});
  EXPECT_EQ(segments[0].settings.at("neutral"), OptionTexts{"false"});
  EXPECT_EQ(segments[1].fade_frames, 0);
  EXPECT_TRUE(parse_segments(R"({"segments": []})", "s.json").empty());
}

TEST(FilmSegments, ComeBackAsTheyWere) {
  const FilmSegments segments{{0, 10, 3, {{"clean", {"auto"}}, {"only-person", {"1", "2"}}}}, {20, 21, 0, {}}};
  EXPECT_EQ(parse_segments(segments_text(segments), "s.json"), segments);
}

TEST(FilmSegments, AnEmptyListTakesThePlaceOfTheFilms) {
  const FilmSegments segments = parse_segments(
      R"({"segments": [{"frames": [0, 5], "settings": {"only-person": [], "except-person": [3]}}]})", "s.json");
  EXPECT_EQ(parse_segments(segments_text(segments), "s.json"), segments);
  RestoreOptions film;
  film.input = "old.mkv";
  film.output = "new.mkv";
  film.faces.tracks_file = "tracks.json";
  film.faces.only_people = {1, 2};
  const RestoreOptions options = options_in(segments.front(), film);
  EXPECT_TRUE(options.faces.only_people.empty());
  EXPECT_EQ(options.faces.except_people, std::vector<std::int64_t>{3});
}

TEST(FilmSegments, WhatIsNoneIsRefusedByName) {
  EXPECT_NE(refused("{").find("is no JSON"), std::string::npos);
  EXPECT_NE(refused("[]").find("holds no segments"), std::string::npos);
  EXPECT_NE(refused(R"({"segments": 3})").find("no list"), std::string::npos);
  EXPECT_NE(refused(R"({"segmens": []})").find("did you mean \"segments\"?"), std::string::npos);
  EXPECT_NE(refused(segment("")).find("segment 1 does not say which frames"), std::string::npos);
  for (const char* frames : {"[1]", "[1, 2, 3]", "{}", "7"})
    EXPECT_NE(refused(segment(std::string(R"("frames": )") + frames)).find("which frames"), std::string::npos)
        << frames;
  for (const char* frames : {"[-1, 2]", "[0.5, 2]", "[0, 1e30]", "[0, \"5\"]", "[0, 99999999999999999999]"})
    EXPECT_NE(refused(segment(std::string(R"("frames": )") + frames)).find("whole numbers"), std::string::npos)
        << frames;
  EXPECT_NE(refused(segment(R"("frames": [5, 5])")).find("ends before it begins"), std::string::npos);
  EXPECT_NE(refused(segment(R"("frames": [0, 5], "fade": 49)")).find("more than 48 frames"), std::string::npos);
  EXPECT_NE(refused(segment(R"("frames": [0, 5], "frames": [0, 6])")).find("twice"), std::string::npos);
  EXPECT_NE(refused(R"({"segments": [{"frames": [0, 5]}, {"frames": [4, 6]}]})").find("lie over each other"),
            std::string::npos);
}

TEST(FilmSegments, SettingsMustMeanSomethingForAStretch) {
  const auto with = [](const std::string& settings) {
    return segment(R"("frames": [0, 5], "settings": {)" + settings + "}");
  };
  for (const char* setting :
       {R"("crf": 18)", R"("upscale": 2)", R"("tracks": "t.json")", R"("compare": "side")", R"("canvas": "first")",
        R"("device": "cpu")", R"("segments": "s.json")", R"("aligned": true)"})
    EXPECT_NE(refused(with(setting)).find("holds for the whole film"), std::string::npos) << setting;
  EXPECT_NE(refused(with(R"("strenght": 3)")).find("no option"), std::string::npos);
  EXPECT_FALSE(refused(with(R"("strength": 300)")).empty());
  EXPECT_FALSE(refused(with(R"("strength": "much")")).empty());
  EXPECT_FALSE(refused(with(R"("strength": [[3]])")).empty());
}

TEST(FilmSegments, StandInPlaceOfTheFilmsSettings) {
  RestoreOptions film;
  film.input = "in.mkv";
  film.output = "out.mkv";
  film.segments_file = "s.json";
  film.model.strength_percent = 80;
  film.film.neutral = film.film.levels = true;
  const RestoreOptions options =
      options_in({0, 5, 0, {{"clean", {"30"}}, {"neutral", {"false"}}, {"for", {"call"}}}}, film);
  EXPECT_EQ(options.model.strength_percent, 80);
  EXPECT_EQ(options.film.clean->percent, 30);
  EXPECT_EQ(options.film.kind, FilmKind::kCall);
  EXPECT_FALSE(options.film.neutral);
  EXPECT_TRUE(options.segments_file.empty());
  try {
    options_in({3, 5, 0, {{"levels", {"off"}}}}, film);
    ADD_FAILURE() << "neutral without levels";
  } catch (const Error& error) {
    EXPECT_NE(std::string(describe(error)).find("frames 3 to 5"), std::string::npos) << describe(error);
  }
}

TEST(FilmSegments, FilesLieBesideTheirs) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.file("s.json");
  std::ofstream(path) << R"({"segments": [{"frames": [0, 5], "settings": {"reference-face": ["photo.jpg"]}}]})";
  const FilmSegments segments = read_segments(path);
  ASSERT_EQ(segments.size(), 1u);
  EXPECT_EQ(segments[0].settings.at("reference-face"), OptionTexts{folder.file("photo.jpg")});
  RestoreOptions options;
  EXPECT_TRUE(segments_of(options).empty());
  options.segments_file = path;
  EXPECT_EQ(segments_of(options), segments);
  options.segments_file = folder.file("none.json");
  EXPECT_THROW(segments_of(options), Error);
}

}  // namespace
}  // namespace reelface
