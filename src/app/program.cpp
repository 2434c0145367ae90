// SPDX-License-Identifier: Apache-2.0
#include "app/program.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <clocale>
#include <cstdio>
#include <iostream>

#include "app/argument_spelling.h"
#include "app/command_options.h"
#include "app/commands/analyze_command.h"
#include "app/commands/compare_command.h"
#include "app/commands/degrade_command.h"
#include "app/commands/devices_command.h"
#include "app/commands/interruption.h"
#include "app/commands/models_command.h"
#include "app/commands/options_command.h"
#include "app/commands/parts_commands.h"
#include "app/commands/restore_command.h"
#include "app/commands/settings_command.h"
#include "app/commands/studio_command.h"
#include "app/commands/verify_command.h"
#include "app/empty_values.h"
#include "app/help_text.h"
#include "app/logging.h"
#include "app/new_rights.h"
#include "app/signals.h"
#include "app/standard_streams.h"
#include "app/usage_advice.h"
#include "app/version_text.h"
#include "core/heap.h"
#include "core/nearest_word.h"
#include "media/encode/quiet_encoders.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

int complain(const std::exception& exception) {
  std::fprintf(stderr, "reelface: %s\n", printable(describe(exception)).c_str());
  if (const std::string advice = advice_of(exception); !advice.empty()) {
    std::fprintf(stderr, "  try: %s\n", printable(advice).c_str());
  }
  return static_cast<int>(exit_code_of(exception));
}

/// What was interrupted comes out as whatever it was in the midst of; the signal decides the exit code.
int tell_of_interruption(const std::exception& exception) {
  std::fprintf(stderr, "reelface: %s\n", printable(describe(exception)).c_str());
  return exit_code_after_interruption();
}

/// CLI11 words its complaints well, but has exit codes of its own and prints a whole help.
int complain_about_usage(const CLI::App& program, const std::vector<std::string>& words, const CLI::ParseError& error) {
  const UsageAdvice found = usage_advice(program, words, error);
  std::fprintf(stderr, "reelface: %s\n  try: %s\n", printable(found.problem).c_str(), printable(found.advice).c_str());
  return static_cast<int>(ExitCode::kUsage);
}

/// "help", "help COMMAND" and "version" mean what they do elsewhere.
void settle_plain_words(std::vector<std::string>& words) {
  if (words.empty()) return;
  if (words[0] == "version") words[0] = "--version";
  if (words[0] != "help") return;
  words.erase(words.begin());
  words.emplace_back("--help");
}

/// CLI11 would only say that a command is missing, not which word it did not know.
void check_command(const CLI::App& program, const std::vector<std::string>& words) {
  if (words.empty() || words[0].empty() || words[0][0] == '-') return;
  const auto has_name = [&](const CLI::App* command) { return command->check_name(words[0]); };
  if (!program.get_subcommands(has_name).empty()) return;
  std::vector<std::string> names;
  for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  const std::string meant = nearest_word(words[0], names);
  throw Error(ExitCode::kUsage, "there is no command '" + words[0] + "'",
              (meant.empty() ? "" : "reelface " + meant + "; ") +
                  "reelface --help lists the commands; to restore a film write reelface restore INPUT OUTPUT");
}

void add_program_options(CLI::App& program, CallOptions& call) {
  program.formatter(std::make_shared<HelpText>());
  program.set_version_flag("--version", version_text, "Say which version this is, and those of all libraries in use");
  program.set_help_flag("-h,--help", "Show this help; behind a command, its own");
  program.require_subcommand(1);
  declare(program, call_option_named("log-level"), call);
  program.parse_complete_callback([&] {
    refuse_empty_values(program);
    start_logging(call.log_level);
  });
  program.fallthrough();
}

void add_commands(CLI::App& program, const CancelToken& cancel, int& exit_code) {
  add_restore_command(program, cancel, exit_code);
  add_analyze_command(program, cancel, exit_code);
  add_compare_command(program, cancel, exit_code);
  add_degrade_command(program, cancel, exit_code);
  add_studio_command(program, cancel);
  add_verify_command(program, cancel, exit_code);
  add_plan_command(program, cancel, exit_code);
  add_part_command(program, cancel, exit_code);
  add_join_command(program, cancel, exit_code);
  add_status_command(program);
  add_models_command(program, cancel);
  add_devices_command(program);
  add_options_command(program);
  add_settings_command(program);
  for (CLI::App* command : program.get_subcommands({})) {
    // The studio starts a browser, which may need rights to lock itself in; its jobs are commands of their own.
    if (command->get_name() != "studio") command->preparse_callback([](std::size_t) { renounce_new_rights(); });
  }
  // Behind the commands, which would inherit it.
  program.footer("reelface restore old.mp4 new.mkv restores a film with the model that comes with the program.");
}

/// Everything from the words to the exit code.
int run_words(const std::vector<std::string>& words) {
  CancelToken cancel;
  handle_signals(cancel);
  CLI::App program("Reelface restores old films and the faces in a video, and keeps everything else exactly as it was.",
                   "reelface");
  CallOptions call;
  add_program_options(program, call);
  try {
    int exit_code = 0;
    add_commands(program, cancel, exit_code);
    if (words.empty()) {
      throw Error(ExitCode::kUsage, "no command was given",
                  "reelface restore INPUT OUTPUT; reelface --help lists the other commands");
    }
    check_command(program, words);
    std::vector<std::string> reversed(words.rbegin(), words.rend());  // CLI11 wants the last first
    program.parse(reversed);
    return exit_code;
  } catch (const CLI::CallForHelp&) {
    std::cout << program.help();
    return 0;
  } catch (const CLI::CallForAllHelp&) {
    std::cout << program.help("", CLI::AppFormatMode::All);
    return 0;
  } catch (const CLI::CallForVersion& version) {
    std::cout << version.what() << "\n";
    return 0;
  } catch (const CLI::ParseError& error) {
    return complain_about_usage(program, words, error);
  } catch (const std::exception& exception) {
    if (cancel.is_requested()) return tell_of_interruption(exception);
    return complain(exception);
  }
}

/// What a command printed is part of what it did.
int conclude(int exit_code) {
  try {
    flush_stdout();
    return exit_code;
  } catch (const Error& error) {
    const int lost = complain(error);
    return exit_code == 0 ? lost : exit_code;
  }
}

}  // namespace

int run_program(int argument_count, char** arguments) {
  reserve_standard_streams();
  tune_heap();
  quiet_encoders();
  std::setlocale(LC_ALL, "C.UTF-8");
  std::vector<std::string> words = unify_spelling({arguments + 1, arguments + argument_count});
  settle_plain_words(words);
  return conclude(run_words(words));
}

}  // namespace reelface
