// SPDX-License-Identifier: Apache-2.0
#include "pipeline/values/settings_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "reelface/core/error.h"
#include "support/option_samples.h"
#include "support/temporary_folder.h"

namespace reelface {
namespace {

using ::testing::HasSubstr;

/// What is said about such a text; and that it is said in the right way.
std::string complaint_about(const std::string& text) {
  try {
    parse_settings(text, "studio.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage) << text;
    EXPECT_THAT(error.what(), HasSubstr("studio.json")) << text;
    return std::string(error.what()) + " | " + error.advice();
  }
  ADD_FAILURE() << "taken: " << text;
  return "";
}

TEST(SettingsFile, SaysOptionsInTheWordsOfTheTable) {
  const SpelledOptions spelled = parse_settings(
      R"({"model": "none", "crf": 18, "strength": 40.5, "no-audio": true, "steady": "on", "e": ["g=7", "bf=0"]})", "f");
  EXPECT_EQ(spelled, (SpelledOptions{{"model", {"none"}},
                                     {"crf", {"18"}},
                                     {"strength", {"40.5"}},
                                     {"no-audio", {}},
                                     {"steady", {"on"}},
                                     {"e", {"g=7", "bf=0"}}}));
  EXPECT_TRUE(parse_settings("{}", "f").empty());
}

TEST(SettingsFile, TakesOtherFormsThatLeaveNoDoubt) {
  const SpelledOptions spelled = parse_settings(
      R"({"fps": 25, "preset": 8, "max-memory": 1048576, "e": "g=7", "no-audio": false, "threads": 2})", "f");
  EXPECT_EQ(spelled, (SpelledOptions{{"fps", {"25/1"}},
                                     {"preset", {"8"}},
                                     {"max-memory", {"1M"}},
                                     {"e", {"g=7"}},
                                     {"no-audio", {"false"}},
                                     {"threads", {"2"}}}));
}

TEST(SettingsFile, EveryOptionOfManyFilmsComesBackAsItWas) {
  int rows = 0;
  for (const Option& option : option_table()) {
    if (!option.is_setting()) continue;
    ++rows;
    for (const OptionTexts& texts : samples_of(option)) {
      const SpelledOptions spelled = {{option.name, texts}};
      const bool is_usual = option.range && !option.range->holds(std::stod(texts.front()));
      if (!is_usual) {
        EXPECT_EQ(parse_settings(settings_text(spelled), "f"), spelled) << option.name;
      }
    }
  }
  EXPECT_GT(rows, 40);
}

TEST(SettingsFile, AnUnknownNameIsAnsweredWithTheNearest) {
  EXPECT_THAT(complaint_about(R"({"strenght": 3})"), HasSubstr(R"("strenght" is no option)"));
  EXPECT_THAT(complaint_about(R"({"strenght": 3})"), HasSubstr(R"(| "strength"; )"));
  EXPECT_THAT(complaint_about(R"({"c:v": "x"})"), HasSubstr(R"(| "video-codec"; )"));
  EXPECT_THAT(complaint_about(R"({"--crf": 3})"), HasSubstr(R"(| "crf"; )"));
  EXPECT_THAT(complaint_about(R"({"min_face": 3})"), HasSubstr(R"(| "min-face"; )"));
  EXPECT_THAT(complaint_about(R"({"": 3})"), HasSubstr("is no option"));
  EXPECT_LT(complaint_about("{\"" + std::string(60'000, 'x') + "\": 3}").size(), 500u);
}

TEST(SettingsFile, HoldsNothingOfOneFilmOrOfTheCall) {
  for (const char* name : {"input", "output", "y", "ss", "to", "frames", "tracks", "only-person", "except-person"}) {
    const std::string text = std::string("{\"") + name + "\": 1}";
    EXPECT_THAT(complaint_about(text), HasSubstr(std::string("\"") + name + "\" belongs to one film"));
    EXPECT_THROW(settings_text({{name, {"1"}}}).size(), Error) << name;
  }
  for (const char* name : {"report", "dry-run", "settings", "list", "resume", "log-level"})
    EXPECT_THAT(complaint_about(std::string("{\"") + name + "\": \"x\"}"), HasSubstr("is no option")) << name;
}

TEST(SettingsFile, AWrongTypeIsNamedWithWhatIsRight) {
  EXPECT_THAT(complaint_about(R"({"crf": "18"})"), HasSubstr(R"("crf" takes a number, not "18")"));
  EXPECT_THAT(complaint_about(R"({"crf": null})"), HasSubstr("takes a number, not null"));
  EXPECT_THAT(complaint_about(R"({"crf": [18]})"), HasSubstr("takes a number, not [18]"));
  EXPECT_THAT(complaint_about(R"({"threads": 1.5})"), HasSubstr("takes a whole number, not 1.5"));
  EXPECT_THAT(complaint_about(R"({"no-audio": 1})"), HasSubstr("takes true or false, not 1"));
  EXPECT_THAT(complaint_about(R"({"mask": "round"})"), HasSubstr(R"(takes one of "soft", "box", not "round")"));
  EXPECT_THAT(complaint_about(R"({"mask": true})"), HasSubstr(R"(takes one of "soft", "box", not true)"));
  EXPECT_THAT(complaint_about(R"({"preset": {}})"), HasSubstr("takes a text: NAME, not {}"));
  EXPECT_THAT(complaint_about(R"({"model": 3.5})"), HasSubstr("takes a text: NAME or FILE, not 3.5"));
  EXPECT_THAT(complaint_about(R"({"e": [7]})"), HasSubstr("takes key=value"));
  EXPECT_THAT(complaint_about(R"({"e": []})"), HasSubstr("is empty"));
  EXPECT_THAT(complaint_about(R"({"preset": ""})"), HasSubstr("is empty"));
  EXPECT_THAT(complaint_about(R"({"preset": "a\u0000b"})"), HasSubstr("control character"));
  EXPECT_THAT(complaint_about(R"({"max-memory": "1T"})"), HasSubstr("'1T' is not a size"));
}

TEST(SettingsFile, ANumberOutOfRangeIsNamedWithTheRange) {
  EXPECT_THAT(complaint_about(R"({"strength": 300})"),
              HasSubstr(R"("strength" must be between 0 and 100, and is 300)"));
  EXPECT_THAT(complaint_about(R"({"threads": -1})"), HasSubstr("must be between 0 and"));
  EXPECT_THAT(complaint_about(R"({"threads": 99999999999})"), HasSubstr("must be between 0 and"));
  EXPECT_THAT(complaint_about(R"({"threads": 99999999999999999999999})"), HasSubstr("whole number"));
  EXPECT_THAT(complaint_about(R"({"window": 0})"), HasSubstr("must be above 0"));
  EXPECT_THAT(complaint_about(R"({"window": 1e999})"), HasSubstr("no JSON"));
}

TEST(SettingsFile, WhatIsNoJsonIsNotTaken) {
  EXPECT_THAT(complaint_about(""), HasSubstr("is no JSON"));
  EXPECT_THAT(complaint_about("{\"crf\": 18"), HasSubstr("line 1"));
  EXPECT_THAT(complaint_about("{\"crf\": 18} x"), HasSubstr("is no JSON"));
  EXPECT_THAT(complaint_about("{\"model\": \"\xff\"}"), HasSubstr("is no JSON"));
  EXPECT_THAT(complaint_about("[]"), HasSubstr("holds no settings"));
  EXPECT_THAT(complaint_about("18"), HasSubstr("holds no settings"));
}

TEST(SettingsFile, WhatIsSaidTwiceIsNotTaken) {
  EXPECT_THAT(complaint_about(R"({"crf": 18, "mask": "box", "crf": 19})"), HasSubstr(R"(says "crf" twice)"));
}

TEST(SettingsFile, IsShortAndFlat) {
  EXPECT_THAT(complaint_about("{\"e\": " + std::string(30'000, '[') + std::string(30'000, ']') + "}"),
              HasSubstr("lists inside lists"));
  EXPECT_THAT(complaint_about(std::string(60'000, '[')), HasSubstr("lists inside lists"));
  EXPECT_THAT(complaint_about("{}" + std::string(70'000, ' ')), HasSubstr("too long"));
}

TEST(SettingsFile, FilesLieBesideIt) {
  const testing::TemporaryFolder folder;
  const auto written = [&folder](const std::string& name) {
    std::ofstream(folder.file(name)) << "{}";
    return folder.file(name);
  };
  const std::string photo = written("anna.jpg"), model = written("own.pth");
  written("faithful");
  std::ofstream(folder.file("s.json")) << R"({"reference-face": ["anna.jpg", "/elsewhere.jpg"], "model": "own.pth"})";
  SpelledOptions spelled = read_settings(folder.file("s.json"));
  EXPECT_EQ(spelled.at("reference-face"), (OptionTexts{photo, "/elsewhere.jpg"}));
  EXPECT_EQ(spelled.at("model"), OptionTexts{model});

  std::ofstream(folder.file("s.json")) << R"({"model": "faithful"})";
  EXPECT_EQ(read_settings(folder.file("s.json")).at("model"), OptionTexts{"faithful"}) << "a known model";
}

TEST(SettingsFile, ThatCannotBeReadIsUnreadable) {
  const testing::TemporaryFolder folder;
  for (const std::string& path : {folder.file("none.json"), folder.path().string()}) {
    try {
      read_settings(path);
      ADD_FAILURE() << path;
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kInputUnreadable);
    }
  }
}

TEST(SettingsFile, IsWrittenInTheOrderOfTheTable) {
  EXPECT_EQ(settings_text({{"e", {"g=7"}}, {"crf", {"18"}}, {"no-audio", {}}, {"model", {"none"}}, {"even", {"on"}}}),
            "{\n  \"model\": \"none\",\n  \"even\": \"on\",\n  \"crf\": 18,\n  \"e\": [\n    \"g=7\"\n  ],\n"
            "  \"no-audio\": true\n}\n");
  EXPECT_THROW(settings_text({{"model", {"\xff.pth"}}}), Error) << "JSON holds UTF-8 only";
  EXPECT_THROW(settings_text({{"crf", {"inf"}}}), Error);
}

}  // namespace
}  // namespace reelface
