// SPDX-License-Identifier: Apache-2.0
#include "app/command_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace reelface {
namespace {

bool has_one_letter(const std::string& dashed) {
  return dashed.size() == 2;
}

/// "-s,--upscale,PLACE". What has one dash and many letters was spelled otherwise before the parser sees it.
std::string names_of(const OptionFacts& facts) {
  std::string names = facts.dashed();
  for (const std::string& alias : facts.aliases) {
    if (has_one_letter(alias) || alias.rfind("--", 0) == 0) names += "," + alias;
  }
  return facts.place.empty() ? names : names + "," + facts.place;
}

std::string description_of(const OptionFacts& facts) {
  std::string text = facts.help;
  for (const std::string& word : facts.words) text += (&word == &facts.words.front() ? ": " : ", ") + word;
  return text;
}

bool is_any_empty(const OptionTexts& texts) {
  return std::any_of(texts.begin(), texts.end(), [](const std::string& text) { return text.empty(); });
}

}  // namespace

CLI::Option* declare(CLI::App& command, const OptionFacts& facts, std::function<bool(const OptionTexts&)> write) {
  const auto take = [write = std::move(write)](const CLI::results_t& given) {
    return is_any_empty(given) || write(given);  // refuse_empty_values() says it for all options alike
  };
  CLI::Option* option = command.add_option(names_of(facts), take, description_of(facts), false);
  option->default_str(facts.usual)->type_name(facts.value);
  if (facts.type == OptionType::kFlag) option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)->expected(0);
  if (facts.repeats)
    option->expected(1)->allow_extra_args(false)->take_all();  // or it would take the files that follow
  if (!facts.words.empty()) option->transform(CLI::IsMember(facts.words, CLI::ignore_case).description(""));
  return option;
}

CLI::Option* declare(CLI::App& command, const std::string& name, RestoreOptions& options) {
  return declare(command, option_named(name), options);
}

CLI::App& group_of(CLI::App& command, const std::string& group) {
  const auto is_it = [&group](const CLI::App* app) { return app->get_name().empty() && app->get_group() == group; };
  const std::vector<CLI::App*> found = command.get_subcommands(is_it);
  return found.empty() ? *command.add_option_group(group) : *found.front();
}

void declare_all(CLI::App& command, RestoreOptions& options, CallOptions& call,
                 std::initializer_list<std::string> groups) {
  for (const Option& row : option_table()) declare(group_of(command, row.group), row, options);
  for (const CallOption& row : call_option_table()) {
    if (std::find(groups.begin(), groups.end(), row.group) != groups.end())
      declare(group_of(command, row.group), row, call);
  }
}

}  // namespace reelface
