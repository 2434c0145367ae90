// SPDX-License-Identifier: Apache-2.0
#include "app/settings_words.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <vector>

#include "app/argument_spelling.h"
#include "app/command_options.h"
#include "app/empty_values.h"
#include "app/usage_advice.h"
#include "app/used_settings.h"
#include "core/shell_quoted.h"
#include "core/shell_words.h"
#include "pipeline/values/options/option_files.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

/// The first option given that settings do not hold.
void refuse_others(const CLI::App& command) {
  const auto refuse = [&command](const OptionFacts& facts, const char* why) {
    if (!facts.is_setting() && is_given(command, facts))
      throw Error(ExitCode::kUsage, "--of: " + facts.dashed() + why, "give it where the film is restored");
  };
  for (const Option& row : option_table())
    refuse(row, row.of_one_film ? " belongs to one film, and settings are for many"
                                : " belongs to one run, not to settings");
  for (const CallOption& row : call_option_table()) refuse(row, " belongs to one run, not to settings");
}

/// "--name value", as a shell takes it. The value of a flag has to stick to its name, and so has one that begins with a
/// dash.
std::string in_words(const Option& row, const std::string& text) {
  const bool has_dash = text.size() > 1 && text.front() == '-';
  if (has_dash) return row.dashed() + "=-" + shell_quoted(text.substr(1));
  return row.dashed() + (row.type == OptionType::kFlag ? "=" : " ") + shell_quoted(text);
}

}  // namespace

SpelledOptions given_settings(const CLI::App& command, const RestoreOptions& options) {
  check_ranges(options);
  SpelledOptions given;
  for (const Option& row : option_table()) {
    if (!row.is_setting() || !is_given(command, row)) continue;
    std::optional<OptionTexts> texts = row.read(options);
    if (!texts && row.type == OptionType::kFlag) texts = OptionTexts{"false"};
    if (!texts) continue;
    for (std::string& text : *texts) {
      const bool is_file = row.type == OptionType::kFile || is_file_there(row, text);
      if (is_file) text = from_folder(text, std::filesystem::current_path());
    }
    given[row.name] = *texts;
  }
  return given;
}

SpelledOptions settings_in(const std::string& words) {
  CLI::App command("", "reelface restore");
  command.set_help_flag();
  RestoreOptions options;
  CallOptions call;
  declare_all(command, options, call, {"Files", "Show", "Resume", "Many films"});
  const std::vector<std::string> given = unify_spelling(shell_words(words));
  try {
    command.parse(std::vector<std::string>(given.rbegin(), given.rend()));  // CLI11 wants the last first
  } catch (const CLI::ParseError& error) {
    const UsageAdvice found = usage_advice(command, given, error);
    throw Error(ExitCode::kUsage, "--of: " + found.problem, found.advice);
  }
  refuse_empty_values(command);
  refuse_others(command);
  return given_settings(command, options);
}

std::string words_of(const SpelledOptions& spelled) {
  std::string words;
  for (const Option& row : option_table()) {
    const auto found = spelled.find(row.name);
    if (found == spelled.end()) continue;
    const OptionTexts& texts = found->second;
    if (texts.empty()) words += " " + row.dashed();
    for (const std::string& text : texts) words += " " + in_words(row, text);
  }
  return words.empty() ? words : words.substr(1);
}

}  // namespace reelface
