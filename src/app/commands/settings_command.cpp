// SPDX-License-Identifier: Apache-2.0
#include "app/commands/settings_command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "app/command_options.h"
#include "app/settings_folder.h"
#include "app/settings_words.h"
#include "app/used_settings.h"
#include "core/path_check.h"
#include "core/shell_quoted.h"
#include "core/whole_file.h"
#include "pipeline/values/settings_file.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

struct SettingsRequest {
  RestoreOptions options;
  std::string of;
  std::string output;
  bool overwrite = false;
  std::string shown;  ///< the name or file of `show`
};

void write_settings(const SettingsRequest& request, const std::string& text) {
  const std::string path = settings_path(request.output);
  make_settings_folder(request.output);
  check_paths({{}, {{"the settings", path}}, request.overwrite});
  write_whole_file(path, text, replacing(request.overwrite));
  std::cerr << "reelface: written to " << shell_quoted(path) << "; use it with: reelface restore --settings "
            << shell_quoted(request.output) << " INPUT OUTPUT\n";
}

/// Those given beside --of win over those in it.
void make_settings(const CLI::App& command, const SettingsRequest& request) {
  SpelledOptions spelled = given_settings(command, request.options);
  spelled.merge(settings_in(request.of));
  if (spelled.empty())
    throw Error(ExitCode::kUsage, "no option was given that settings can hold",
                "reelface settings --model none --crf 18, for example; reelface settings --help lists them all");
  const std::string text = settings_text(spelled);
  if (request.output.empty())
    std::cout << text;
  else
    write_settings(request, text);
}

std::string summary_of(const std::string& name) {
  try {
    return words_of(read_settings(settings_path(name)));
  } catch (const Error& error) {
    return std::string("cannot be used: ") + error.what();
  }
}

void list_settings() {
  const std::vector<std::string> names = settings_names();
  if (names.empty()) std::cerr << "reelface: there are none yet; reelface settings --crf 18 -o NAME makes some\n";
  for (const std::string& name : names) std::cout << printable(name) << ": " << printable(summary_of(name)) << "\n";
}

void declare_settings(CLI::App& command, RestoreOptions& options) {
  for (const Option& row : option_table()) {
    if (row.is_setting()) declare(group_of(command, row.group), row, options);
  }
}

}  // namespace

void add_settings_command(CLI::App& program) {
  auto request = std::make_shared<SettingsRequest>();
  CLI::App* command = program.add_subcommand("settings", "Keep options of `restore` for many films and machines");
  CLI::App* group = command->add_option_group("Settings");
  group->add_option("--of", request->of, "The options in one text, as they would stand behind `restore`")
      ->type_name("WORDS");
  group->add_option("-o,--output", request->output, "Where they go, instead of being printed")
      ->type_name("NAME or FILE");
  group->add_flag("-y", request->overwrite, "Overwrite settings that are there");
  declare_settings(*command, request->options);

  CLI::App* list = command->add_subcommand("list", "The settings in ~/.config/reelface, and what they say");
  list->callback(list_settings);
  CLI::App* show = command->add_subcommand("show", "Check settings and print them");
  show->add_option("NAME", request->shown, "A name or a file")->required();
  show->callback([request] { std::cout << settings_text(read_settings(found_settings(request->shown))); });
  command->require_subcommand(0, 1);
  command->footer(
      "For example:\n"
      "  reelface settings --model none -c:v libx264 --crf 18 -o studio     keep them as studio\n"
      "  reelface settings --of \"--model none -c:v libx264 --crf 18\"        the same, printed\n"
      "  reelface restore old.mp4 new.mkv --settings studio --crf 16        use them; what is given beside them wins");
  command->callback([request, command] {
    if (command->get_subcommands().empty()) make_settings(*command, *request);
  });
}

}  // namespace reelface
