// SPDX-License-Identifier: Apache-2.0
#include "app/settings_words.h"

#include <gtest/gtest.h>

#include <string>

#include "reelface/core/error.h"

namespace reelface {
namespace {

TEST(SettingsWords, AreTheOptionsThatWereGiven) {
  EXPECT_EQ(settings_in("--model none -c:v libx264 -crf 18 -an -e 'a=b c' --min_face=12"),
            (SpelledOptions{{"model", {"none"}},
                            {"video-codec", {"libx264"}},
                            {"crf", {"18"}},
                            {"no-audio", {}},
                            {"e", {"a=b c"}},
                            {"min-face", {"12"}}}));
  EXPECT_EQ(settings_in("--mask soft"), (SpelledOptions{{"mask", {"soft"}}})) << "given, though it is usual";
  EXPECT_EQ(settings_in("--no-audio=false"), (SpelledOptions{{"no-audio", {"false"}}}));
  EXPECT_TRUE(settings_in("").empty());
}

TEST(SettingsWords, OthersAreRefusedByName) {
  const auto complaint_about = [](const std::string& words) -> std::string {
    try {
      settings_in(words);
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kUsage) << words;
      EXPECT_FALSE(error.advice().empty()) << words;
      return error.what();
    }
    return "taken";
  };
  EXPECT_EQ(complaint_about("--ss 1"), "--of: --ss belongs to one film, and settings are for many");
  EXPECT_EQ(complaint_about("--report x.json"), "--of: --report belongs to one run, not to settings");
  EXPECT_EQ(complaint_about("in.mkv"), "--of: --input belongs to one run, not to settings");
  EXPECT_EQ(complaint_about("--settings x"), "--of: --settings belongs to one run, not to settings");
  EXPECT_EQ(complaint_about("--strenght 5"), "--of: there is no option --strenght");
  EXPECT_EQ(complaint_about("--help"), "--of: there is no option --help");
  EXPECT_EQ(complaint_about("--strength 500"), "--strength must be between 0 and 100");
  EXPECT_EQ(complaint_about("--model ''"), "the value of --model is empty");
}

TEST(SettingsWords, ComeBackAsTheyWere) {
  for (const char* words :
       {"--model none --crf 18", "-e 'x=a b' -e 'y=c' --no-audio", "--preset=-1 --no-audio=false"}) {
    EXPECT_EQ(words_of(settings_in(words)), words);
  }
}

}  // namespace
}  // namespace reelface
