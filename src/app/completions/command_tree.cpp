// SPDX-License-Identifier: Apache-2.0
#include "app/completions/command_tree.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <stdexcept>

#include "app/call_options.h"
#include "app/completions/completions.h"
#include "app/help_text.h"
#include "reelface/restore/option_table.h"

namespace reelface {
namespace {

std::vector<std::string> parts_between(const std::string& text, char border) {
  std::vector<std::string> parts{""};
  for (const char letter : text) {
    if (letter == border)
      parts.emplace_back();
    else
      parts.back() += letter;
  }
  return parts;
}

std::vector<std::string> words_in_tables(const std::string& name) {
  if (const Option* row = find_option(name)) return row->words;
  for (const CallOption& row : call_option_table()) {
    if (row.name == name) return row.words;
  }
  return {};
}

/// An option of the tables says WORD for its value, others say "auto|off".
std::vector<std::string> choices_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  if (type == "WORD" && !option.get_lnames().empty()) return words_in_tables(option.get_lnames().front());
  return type.find('|') == std::string::npos ? std::vector<std::string>() : parts_between(type, '|');
}

CompletedOption completed(const CLI::Option& option) {
  CompletedOption result;
  for (const std::string& name : option.get_snames()) result.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) result.names.push_back("--" + name);
  result.help = option.get_description();
  result.repeats = option.get_expected_max() > 1;
  if (option.get_items_expected_max() == 0) return result;
  result.value = value_name(option);
  result.words = choices_of(option);
  return result;
}

void add_options(const CLI::App& app, std::vector<CompletedOption>& options) {
  for (const CLI::Option* option : app.get_options()) {
    CompletedOption candidate = completed(*option);
    const auto is_there = [&candidate](const CompletedOption& other) { return other.names == candidate.names; };
    if (!candidate.names.empty() && std::none_of(options.begin(), options.end(), is_there))
      options.push_back(std::move(candidate));
  }
  for (const CLI::App* group : app.get_subcommands([](const CLI::App* inner) { return inner->get_name().empty(); }))
    add_options(*group, options);
}

void add_to_inner(CompletedCommand& command, const CompletedOption& option) {
  for (CompletedCommand& inner : command.inner) {
    inner.options.push_back(option);
    add_to_inner(inner, option);
  }
}

CompletedCommand tree_of(const CLI::App& app, const std::string& name) {
  CompletedCommand command{name, app.get_description(), {}, {}};
  add_options(app, command.options);
  for (const CLI::App* inner : app.get_subcommands([](const CLI::App* sub) { return !sub->get_name().empty(); }))
    command.inner.push_back(tree_of(*inner, name.empty() ? inner->get_name() : name + " " + inner->get_name()));
  return command;
}

}  // namespace

CompletedCommand command_tree(const CLI::App& program) {
  CompletedCommand tree = tree_of(program, "");
  const auto is_of_every_command = [](const CompletedOption& option) { return option.names.back() == "--log-level"; };
  const auto shared = std::find_if(tree.options.begin(), tree.options.end(), is_of_every_command);
  if (shared != tree.options.end()) add_to_inner(tree, *shared);
  return tree;
}

std::string last_word(const std::string& name) {
  return name.substr(name.rfind(' ') + 1);
}

std::string single_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char letter : text) quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return quoted + "'";
}

std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const std::string& word : words) text += (&word == &words.front() ? "" : between) + word;
  return text;
}

std::string completions(const CLI::App& program, const std::string& shell) {
  const CompletedCommand tree = command_tree(program);
  if (shell == "bash") return bash_completions(tree);
  if (shell == "zsh") return zsh_completions(tree);
  if (shell == "fish") return fish_completions(tree);
  throw std::logic_error("no completions for " + shell);
}

}  // namespace reelface
