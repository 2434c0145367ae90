// SPDX-License-Identifier: Apache-2.0
#include "app/people_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reelface {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

/// Somebody in two shots, and a track of nobody known.
Analysis analysis() {
  Analysis film;
  film.input.path = "film.mkv";
  film.frames = 50;
  film.shots = {{0, 25, 0}, {25, 50, 1}};
  film.tracks.resize(3);
  for (std::size_t i = 0; i < 3; ++i) film.tracks[i].id = static_cast<std::int64_t>(i + 1);
  film.tracks[0].person = film.tracks[1].person = 1;
  AnalyzedPerson person;
  person.id = 1;
  person.tracks = {1, 2};
  person.spans = {{0, 24}, {25, 49}};
  person.frames = 50;
  film.people = {person};
  return film;
}

TEST(PeoplePage, SaysHowToKeepTheTracksOnlyIfNobodyHas) {
  EXPECT_THAT(people_page(analysis(), "").warnings, Contains(HasSubstr("--tracks tracks.json")));
  EXPECT_THAT(people_page(analysis(), "kept here.json").warnings, Not(Contains(HasSubstr("--tracks"))));
}

TEST(PeoplePage, ItsCommandsNameTheFileAndThePerson) {
  for (const auto& [file, word] : {std::pair("", "tracks.json"), std::pair("kept here.json", "'kept here.json'")}) {
    const ReportData page = people_page(analysis(), file);
    ASSERT_EQ(page.people.size(), 1U);
    ASSERT_EQ(page.people[0].commands.size(), 2U);
    EXPECT_EQ(page.people[0].commands[0].text, std::string("--tracks ") + word + " --only-person 1");
    EXPECT_EQ(page.people[0].commands[1].text, std::string("--tracks ") + word + " --except-person 1");
  }
}

TEST(PeoplePage, CountsWhatItShows) {
  const ReportData page = people_page(analysis(), "tracks.json");
  EXPECT_THAT(page.subtitle, AllOf(HasSubstr("1 person"), HasSubstr("3 tracks"), HasSubstr("2 shots")));
  EXPECT_THAT(page.warnings, Contains(HasSubstr("1 track could not be given to anybody")));
}

}  // namespace
}  // namespace reelface
