// SPDX-License-Identifier: Apache-2.0
#include "app/usage_advice.h"

#include <algorithm>

#include "core/nearest_word.h"

namespace reelface {
namespace {

/// The command that the words name, as deep as they go, and how it is called.
const CLI::App* command_of(const CLI::App& program, const std::vector<std::string>& words, std::string& name) {
  const CLI::App* command = &program;
  name = program.get_name();
  for (const std::string& word : words) {
    const auto is_meant = [&word](const CLI::App* inner) { return inner->check_name(word); };
    const auto found = command->get_subcommands(is_meant);
    if (found.empty()) break;
    command = found.front();
    name += " " + word;
  }
  return command;
}

void add_names(const CLI::App& command, std::vector<std::string>& names) {
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  for (const CLI::App* group : command.get_subcommands([](const CLI::App* app) { return app->get_name().empty(); })) {
    add_names(*group, names);
  }
}

/// What must be given to a command, and what of it was not.
struct Required {
  std::string all;      ///< " INPUT OUTPUT"
  std::string missing;  ///< "INPUT"; empty: nothing
};

Required required_of(const CLI::App& command) {
  Required required;
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_required()) continue;
    const std::string place = option->get_name(true);  // empty for those that have no place, only a name
    const std::string name = place.empty() ? option->get_name() : place;
    required.all += " " + name;
    if (option->count() == 0 && required.missing.empty()) required.missing = name;
  }
  return required;
}

std::string inner_commands(const CLI::App& command) {
  std::string names;
  for (const CLI::App* inner : command.get_subcommands([](const CLI::App* app) { return !app->get_name().empty(); })) {
    names += (names.empty() ? "" : ", ") + inner->get_name();
  }
  return names;
}

}  // namespace

UsageAdvice usage_advice(const CLI::App& program, const std::vector<std::string>& words, const CLI::ParseError& error) {
  std::string name;
  const CLI::App* command = command_of(program, words, name);
  UsageAdvice result{error.what(), name + " --help says what it takes"};
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError)) {
    const Required required = required_of(*command);
    const std::string inner = inner_commands(*command);
    if (!required.missing.empty()) {
      result = {name + " needs " + required.missing, name + required.all + "; " + result.advice};
    } else if (!inner.empty()) {
      result = {name + " needs to know what to do", "one of: " + inner};
    }
  }
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)) {
    std::vector<std::string> names;
    add_names(*command, names);
    for (const std::string& word : words) {
      const std::string bare = word.substr(0, word.find('='));
      if (bare.rfind("--", 0) != 0 || std::find(names.begin(), names.end(), bare) != names.end()) continue;
      result.problem = "there is no option " + bare;
      const std::string meant = nearest_word(bare, names);
      if (!meant.empty()) result.advice = meant + "; " + result.advice;
      break;
    }
  }
  return result;
}

}  // namespace reelface
