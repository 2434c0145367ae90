// SPDX-License-Identifier: Apache-2.0
#include "reelface/restore/option_table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <set>

#include "reelface/core/error.h"
#include "support/option_samples.h"

namespace reelface {
namespace {

TEST(OptionTable, EveryNameIsThereOnce) {
  std::set<std::string> names;
  for (const Option& option : option_table()) {
    EXPECT_TRUE(names.insert(option.dashed()).second) << option.name;
    for (const std::string& alias : option.aliases) EXPECT_TRUE(names.insert(alias).second) << alias;
    EXPECT_FALSE(option.help.empty()) << option.name;
    EXPECT_EQ(option.value.empty(), option.type == OptionType::kFlag) << option.name;
  }
  EXPECT_EQ(find_option("no-such-option"), nullptr);
  EXPECT_THROW(option_named("no-such-option"), std::logic_error);
}

TEST(OptionTable, EveryValueComesBackAsItWas) {
  for (const Option& option : option_table()) {
    for (const OptionTexts& texts : samples_of(option)) {
      RestoreOptions options;
      ASSERT_TRUE(option.write(options, texts)) << option.name;
      EXPECT_EQ(option.read(options), texts) << option.name;
    }
  }
}

/// Two rows that share a field would undo each other.
TEST(OptionTable, ARowChangesNoOther) {
  for (const Option& option : option_table()) {
    for (const OptionTexts& texts : samples_of(option)) {
      RestoreOptions options;
      ASSERT_TRUE(option.write(options, texts)) << option.name;
      for (const Option& other : option_table()) {
        if (other.name != option.name) {
          EXPECT_EQ(other.read(options), other.read({})) << option.name << ", " << other.name;
        }
      }
    }
  }
}

TEST(OptionTable, WhatIsNoValueIsRefused) {
  for (const Option& option : option_table()) {
    RestoreOptions options;
    const bool takes_any_text =
        option.type == OptionType::kText || option.type == OptionType::kFile || option.type == OptionType::kModel;
    if (takes_any_text) continue;
    for (const char* wrong : {"", "12abc", "perhaps", "1:2:3:4"}) {
      try {
        EXPECT_FALSE(option.write(options, {wrong})) << option.name << " " << wrong;
      } catch (const Error& error) {
        EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
        EXPECT_FALSE(error.advice().empty()) << option.name;
      }
    }
    if (!option.repeats) {
      EXPECT_FALSE(option.write(options, {"1", "1"})) << option.name;
    }
  }
}

bool passes(const RestoreOptions& options) {
  try {
    check_ranges(options);
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kUsage);
    EXPECT_FALSE(error.advice().empty()) << error.what();
    return false;
  }
}

TEST(OptionTable, RangesRefuseWhatLiesOutside) {
  int rows = 0;
  for (const Option& option : option_table()) {
    if (!option.range) continue;
    ++rows;
    const OptionRange& range = *option.range;
    EXPECT_TRUE(passes({})) << option.name << ": what is usual lies outside";
    const double step = option.type == OptionType::kInteger ? 1 : 1e-6;
    const auto with = [&option](double value) {
      RestoreOptions options;
      EXPECT_TRUE(option.write(options, {*plain_notation<double>().write(value)})) << option.name << " " << value;
      return passes(options);
    };
    EXPECT_TRUE(with(range.lowest + step)) << option.name;
    EXPECT_EQ(with(range.lowest), range.includes_lowest) << option.name;
    if (std::isfinite(range.highest)) {
      EXPECT_EQ(with(range.highest), range.includes_highest) << option.name;
    }
    if (option.type == OptionType::kTime) continue;  // what is negative is no time at all
    EXPECT_FALSE(with(range.lowest - 1)) << option.name;
    if (std::isfinite(range.highest)) {
      EXPECT_FALSE(with(range.highest + 1)) << option.name;
    }
    if (option.type == OptionType::kNumber) {
      EXPECT_FALSE(with(std::nan(""))) << option.name;
    }
  }
  EXPECT_GE(rows, 12);
}

TEST(OptionTable, TimesAreReadWithAndWithoutColons) {
  const auto seconds = [](const std::string& text) {
    RestoreOptions options;
    EXPECT_TRUE(option_named("ss").write(options, {text}));
    return options.read.range.from_seconds.value_or(-1);
  };
  EXPECT_DOUBLE_EQ(seconds("90.5"), 90.5);
  EXPECT_DOUBLE_EQ(seconds("1:30"), 90);
  EXPECT_DOUBLE_EQ(seconds("1:00:30.25"), 3630.25);
  for (const char* text : {"", ":", "1:", "a", "-1", "1:2:3:4", "1e400", "nan", "5s"}) {
    RestoreOptions options;
    EXPECT_THROW(option_named("ss").write(options, {text}), Error) << text;
  }
}

TEST(OptionTable, SizesHaveUnits) {
  const auto bytes = [](const std::string& text) {
    RestoreOptions options;
    EXPECT_TRUE(option_named("max-memory").write(options, {text}));
    return options.run.max_memory_bytes;
  };
  EXPECT_EQ(bytes("123"), 123);
  EXPECT_EQ(bytes("1k"), 1024);
  EXPECT_EQ(bytes("1.5G"), 1610612736);
  for (const char* text : {"", "M", "-1", "1T", "x"}) {
    RestoreOptions options;
    EXPECT_THROW(option_named("max-memory").write(options, {text}), Error) << text;
  }
  RestoreOptions options;
  options.run.max_memory_bytes = std::int64_t{4} << 30;
  EXPECT_EQ(option_named("max-memory").read(options), OptionTexts{"4G"});
}

TEST(OptionTable, TheSmallestFaceIsGivenOrNot) {
  EXPECT_EQ(spelled_options({}).count("min-face"), 0u);
  RestoreOptions options;
  EXPECT_EQ(options.faces.smallest_face(), kUsualMinFacePixels);
  ASSERT_TRUE(option_named("min-face").write(options, {"24"}));
  EXPECT_EQ(options.faces.min_face_pixels, 24);
  EXPECT_EQ(spelled_options(options).at("min-face"), OptionTexts{"24"});
}

TEST(SpelledOptions, SayAllThatIsNotOfTheCall) {
  RestoreOptions options;
  options.input = "in.mkv";
  options.write.overwrite = true;
  options.model.strength_percent = 40;
  options.write.copy_audio = false;
  const SpelledOptions spelled = spelled_options(options);
  EXPECT_EQ(spelled.at("strength"), OptionTexts{"40"});
  EXPECT_EQ(spelled.at("no-audio"), OptionTexts{});
  EXPECT_EQ(spelled.at("window"), OptionTexts{"0.5"});
  for (const char* name : {"input", "output", "y", "no-subtitles"}) EXPECT_EQ(spelled.count(name), 0u) << name;
}

TEST(SpelledOptions, ComeBackAsTheyWere) {
  for (const Option& option : option_table()) {
    if (option.belongs == Belongs::kCall) continue;
    for (const OptionTexts& texts : samples_of(option)) {
      RestoreOptions options;
      ASSERT_TRUE(option.write(options, texts));
      const SpelledOptions spelled = spelled_options(options);
      EXPECT_EQ(spelled_options(options_from(spelled)), spelled) << option.name;
    }
  }
}

TEST(SpelledOptions, AreReadAsEarlierPlansSaidThem) {
  const RestoreOptions options =
      options_from({{"strength", {"40"}}, {"no-audio", {}}, {"ss", {"1:00"}}, {"e", {"g=7"}}});
  EXPECT_EQ(options.model.strength_percent, 40);
  EXPECT_FALSE(options.write.copy_audio);
  EXPECT_EQ(options.read.range.from_seconds, 60);
  EXPECT_EQ(options.write.encoder_options.front().second, "7");
}

TEST(SpelledOptions, APlanCannotSayWhereToWriteOrWhatToReplace) {
  for (const char* name : {"y", "output", "OUTPUT", "input", "report", "dry-run", "list", "output-folder", "resume"}) {
    try {
      options_from({{name, {"x"}}});
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.exit_code(), ExitCode::kUsage) << name;
      EXPECT_NE(std::string(error.what()).find("which no plan may say"), std::string::npos) << error.what();
    }
  }
  EXPECT_THROW(options_from({{"no-such-option", {}}}), Error);
  EXPECT_THROW(options_from({{"strength", {"much"}}}), Error);
  EXPECT_THROW(options_from({{"strength", {}}}), Error);
}

}  // namespace
}  // namespace reelface
