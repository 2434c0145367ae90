// SPDX-License-Identifier: Apache-2.0
#include "app/completions/command_tree.h"

namespace reelface {
namespace {

std::vector<std::string> parts_of(const std::string& name) {
  const std::size_t space = name.find(' ');
  if (space == std::string::npos) return name.empty() ? std::vector<std::string>() : std::vector<std::string>{name};
  return {name.substr(0, space), name.substr(space + 1)};
}

/// "-n 'when the words so far are this command'"
std::string condition(const CompletedCommand& command) {
  std::string text;
  for (const std::string& part : parts_of(command.name))
    text += (text.empty() ? "" : "; and ") + ("__fish_seen_subcommand_from " + part);
  return " -n " + single_quoted(text.empty() ? "__fish_use_subcommand" : text);
}

std::string names_of(const CompletedOption& option) {
  std::string text;
  for (const std::string& name : option.names) {
    const bool is_long = name.rfind("--", 0) == 0;
    text += is_long ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  return text;
}

std::string value_of(const CompletedOption& option) {
  if (option.value.empty()) return "";
  return option.words.empty() ? " -r" : " -x -a " + single_quoted(joined(option.words));
}

void add_command(const CompletedCommand& command, std::string& text) {
  const std::string start = "complete -c reelface" + condition(command);
  for (const CompletedCommand& inner : command.inner)
    text += start + " -f -a " + parts_of(inner.name).back() + " -d " + single_quoted(inner.help) + "\n";
  for (const CompletedOption& option : command.options)
    text += start + names_of(option) + value_of(option) + " -d " + single_quoted(option.help) + "\n";
  for (const CompletedCommand& inner : command.inner) add_command(inner, text);
}

}  // namespace

std::string fish_completions(const CompletedCommand& program) {
  std::string text = "# Completes the words of reelface. Its place is ~/.config/fish/completions/reelface.fish\n";
  add_command(program, text);
  return text;
}

}  // namespace reelface
