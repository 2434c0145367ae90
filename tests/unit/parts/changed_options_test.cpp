// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "reelface/core/error.h"
#include "reelface/parts/film_plan.h"
#include "support/option_samples.h"

namespace reelface {
namespace {

/// What is said about the change; empty: nothing is.
std::string complaint(const SpelledOptions& then, const SpelledOptions& now) {
  try {
    refuse_changed_options(then, now, "begin anew");
    return "";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    return error.what();
  }
}

/// With this every field that a plan keeps is covered, however many there will be.
TEST(ChangedOptions, AreNoticedExactlyWhenTheOutputChanges) {
  for (const Option& option : option_table()) {
    for (const OptionTexts& texts : samples_of(option)) {
      RestoreOptions options;
      ASSERT_TRUE(option.write(options, texts));
      const std::string said = complaint(spelled_options({}), spelled_options(options));
      const bool matters = option.belongs != Belongs::kCall && option.changes != Changes::kNothing;
      EXPECT_EQ(said.find("--" + option.name + " was left out and is given") != std::string::npos, matters)
          << option.name << ": " << said;
      EXPECT_EQ(said.empty(), !matters) << option.name << ": " << said;
    }
  }
}

TEST(ChangedOptions, ATimeMayBeSpelledOtherwise) {
  EXPECT_EQ(complaint({{"ss", {"1:00"}}, {"max-memory", {"1024M"}}}, {{"ss", {"60"}}, {"max-memory", {"1G"}}}), "");
  EXPECT_NE(complaint({{"ss", {"1:00"}}}, {{"ss", {"61"}}}), "");
}

/// Plans and logs of earlier builds say what was given, and only that.
TEST(ChangedOptions, WhatIsUsualMayBeGivenOrNot) {
  EXPECT_EQ(complaint({}, spelled_options({})), "");
  EXPECT_EQ(complaint({{"window", {"0.5"}}, {"strength", {"100"}}}, spelled_options({})), "");
  RestoreOptions options;
  options.model.strength_percent = 50;
  EXPECT_NE(complaint({{"crf", {"18"}}}, spelled_options(options))
                .find("--crf was given 18 and is left out; --strength was left out and is given 50"),
            std::string::npos);
}

TEST(ChangedOptions, WhatTheTableDoesNotKnowIsComparedAsItIs) {
  EXPECT_EQ(complaint({{"part-length", {"60.000000"}}}, {{"part-length", {"60.000000"}}}), "");
  EXPECT_NE(complaint({{"part-length", {"60.000000"}}}, {{"part-length", {"30.000000"}}}), "");
  EXPECT_NE(complaint({{"ss", {"soon"}}}, {}), "");
}

TEST(OptionsOfAPlan, AreThoseOfTheFilm) {
  FilmPlan plan;
  plan.input.path = "in.mkv";
  plan.output = "out.mkv";
  plan.options = {{"crf", {"18"}}};
  const RestoreOptions options = options_of(plan);
  EXPECT_EQ(options.input, "in.mkv");
  EXPECT_EQ(options.output, "out.mkv");
  EXPECT_EQ(options.write.crf, 18);
  plan.options = {{"strength", {"1000"}}};
  EXPECT_THROW(options_of(plan), Error);
}

}  // namespace
}  // namespace reelface
