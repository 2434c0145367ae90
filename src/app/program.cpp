#include "app/program.h"

#include <malloc.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <clocale>
#include <cstdio>
#include <iostream>

#include "app/argument_spelling.h"
#include "app/commands/analyze_command.h"
#include "app/commands/compare_command.h"
#include "app/commands/degrade_command.h"
#include "app/commands/devices_command.h"
#include "app/commands/models_command.h"
#include "app/commands/restore_command.h"
#include "app/logging.h"
#include "app/signals.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/version.h"

namespace reelface {
namespace {

int complain(const std::exception& exception) {
  std::fprintf(stderr, "reelface: %s\n", printable(describe(exception)).c_str());
  if (const std::string advice = advice_of(exception); !advice.empty()) {
    std::fprintf(stderr, "  try: %s\n", printable(advice).c_str());
  }
  return static_cast<int>(exit_code_of(exception));
}

/// CLI11 words its complaints well, but has exit codes of its own and prints a whole help.
int complain_about_usage(const CLI::ParseError& error) {
  std::fprintf(stderr, "reelface: %s\n  try: reelface --help, or reelface COMMAND --help\n",
               printable(error.what()).c_str());
  return static_cast<int>(ExitCode::kUsage);
}

/// Pictures and crops are allocated and freed all the time; without this every one of them is mapped, zeroed and
/// unmapped by the system anew.
void keep_large_blocks() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}

/// CLI11 would only say that a command is missing, not which word it did not know.
void check_command(const CLI::App& program, const std::vector<std::string>& words) {
  if (words.empty() || words[0].empty() || words[0][0] == '-') return;
  const auto has_name = [&](const CLI::App* command) { return command->check_name(words[0]); };
  if (!program.get_subcommands(has_name).empty()) return;
  throw Error(ExitCode::kUsage, "there is no command '" + words[0] + "'",
              "reelface --help lists the commands; to restore a film write reelface restore INPUT OUTPUT");
}

}  // namespace

int run_program(int argument_count, char** arguments) {
  keep_large_blocks();
  std::setlocale(LC_ALL, "C.UTF-8");
  CancelToken cancel;
  handle_signals(cancel);

  CLI::App program("Reelface restores the faces in a video and keeps everything else exactly as it was.", "reelface");
  program.set_version_flag("--version", std::string("reelface ") + kVersion);
  program.require_subcommand(1);
  std::string log_level = "warning";
  program.add_option("--log-level", log_level, "debug, info, warning or error")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
      ->capture_default_str();
  program.parse_complete_callback([&] { start_logging(log_level); });
  program.fallthrough();

  try {
    int exit_code = 0;
    add_restore_command(program, cancel, exit_code);
    add_analyze_command(program, cancel, exit_code);
    add_compare_command(program, cancel, exit_code);
    add_degrade_command(program, cancel, exit_code);
    add_models_command(program, cancel);
    add_devices_command(program);
    std::vector<std::string> words = unify_spelling({arguments + 1, arguments + argument_count});
    check_command(program, words);
    std::reverse(words.begin(), words.end());  // CLI11 wants the last first
    program.parse(words);
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
    return complain_about_usage(error);
  } catch (const std::exception& exception) {
    return complain(exception);
  }
}

}  // namespace reelface
