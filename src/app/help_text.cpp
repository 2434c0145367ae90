// SPDX-License-Identifier: Apache-2.0
#include "app/help_text.h"

#include <algorithm>
#include <sstream>
#include <vector>

namespace reelface {
namespace {

constexpr std::size_t kTextColumn = 34;
constexpr std::size_t kLineLength = 110;

std::string called(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  return (parent ? called(*parent) + " " : "") + app.get_name();
}

/// " INPUT OUTPUT [REFERENCE]"
std::string places(const CLI::App& app) {
  std::string text;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) continue;
    const std::string name = option->get_name(true);
    const bool is_needed = option->get_required() || name == "INPUT" || name == "OUTPUT";
    const std::string many = option->get_expected_max() > 1 ? "..." : "";
    text.append(is_needed ? " " : " [").append(name).append(many).append(is_needed ? "" : "]");
  }
  for (const CLI::App* group : inner(app, true)) text += places(*group);
  return text;
}

/// A name, padded, and its explanation, broken into lines.
std::string entry(const std::string& name, const std::string& explanation) {
  std::string line = "  " + name, text;
  if (line.size() + 1 > kTextColumn && !explanation.empty()) {
    text = line + "\n";
    line.clear();
  }
  line.resize(std::max(line.size(), explanation.empty() ? 0 : kTextColumn), ' ');
  std::istringstream words(explanation);
  bool is_first = true;
  for (std::string word; words >> word; is_first = false) {
    if (!is_first && line.size() + 1 + word.size() > kLineLength) {
      text += line + "\n";
      line.assign(kTextColumn, ' ');
      is_first = true;
    }
    line += (is_first ? "" : " ") + word;
  }
  return text + line + "\n";
}

std::string option_entry(const CLI::Option& option) {
  std::string names;
  for (const std::string& name : option.get_snames()) names += (names.empty() ? "-" : ", -") + name;
  for (const std::string& name : option.get_lnames()) names += (names.empty() ? "--" : ", --") + name;
  const std::string usual = option.get_default_str();
  const std::string value = value_name(option);
  if (!value.empty()) names += " " + value;
  return entry(names, option.get_description() + (usual.empty() ? "" : " [" + usual + "]"));
}

std::string options(const CLI::App& app, const std::string& title) {
  std::string text;
  const CLI::Option* help = app.get_help_ptr();
  for (const CLI::Option* option : app.get_options()) {
    if (option == help) continue;
    if (option->get_snames().empty() && option->get_lnames().empty()) {
      text += entry(option->get_name(true), option->get_description());
    } else {
      text += option_entry(*option);
    }
  }
  if (help && !app.get_name().empty()) text += option_entry(*help);  // once, not in every group
  return text.empty() ? "" : "\n" + title + ":\n" + text;
}

}  // namespace

std::vector<const CLI::App*> inner(const CLI::App& app, bool groups) {
  return app.get_subcommands([groups](const CLI::App* sub) { return sub->get_name().empty() == groups; });
}

std::string value_name(const CLI::Option& option) {
  if (option.get_items_expected_max() == 0) return "";
  const std::string type = option.get_type_name();
  if (type == "FLOAT" || type == "INT" || type == "UINT") return "N";
  return type.substr(0, type.find(":{"));
}

std::string usage_of(const CLI::App& app) {
  const bool has_commands = !inner(app, false).empty();
  const bool needs_command = has_commands && app.get_require_subcommand_min() > 0;
  return called(app) + (needs_command ? "" : places(app) + " [OPTIONS]") +
         (has_commands ? (needs_command ? " COMMAND ..." : " | COMMAND ...") : "");
}

std::string HelpText::make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const {
  const std::vector<const CLI::App*> commands = inner(*app, false);
  std::string text = app->get_description() + "\n\nUsage: " + usage_of(*app) + "\n";
  if (!commands.empty()) text += "\nCommands:\n";
  for (const CLI::App* command : commands) text += entry(command->get_name(), command->get_description());
  // What a command is about comes before the options that all have.
  for (const CLI::App* group : inner(*app, true)) text += options(*group, group->get_group());
  text += options(*app, "Options");
  if (!app->get_footer().empty()) text += "\n" + app->get_footer() + "\n";
  return text;
}

}  // namespace reelface
