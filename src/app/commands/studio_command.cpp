// SPDX-License-Identifier: Apache-2.0
#include "app/commands/studio_command.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/option_json.h"
#include "app/settings_words.h"
#include "app/shown_page.h"
#include "reelface/core/log.h"
#include "studio/studio.h"

namespace reelface {
namespace {

struct StudioRequest {
  std::string film;
  std::string root;  ///< empty: that of the film, or the working folder
  int port = 0;
  bool opens_no_browser = false;
};

/// What the page can set: all that settings hold.
std::string options_json() {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const Option& row : option_table()) {
    if (row.is_setting()) rows.push_back(to_json(row, row.read({})));
  }
  return rows.dump();
}

/// A film elsewhere brings its folder with it.
std::string root_of(const StudioRequest& request) {
  namespace fs = std::filesystem;
  if (!request.root.empty()) return request.root;
  std::error_code is_not_there, is_nowhere;
  const fs::path film = fs::canonical(request.film, is_not_there), here = fs::canonical(".", is_nowhere);
  if (is_not_there || is_nowhere) return ".";
  const bool is_here = std::mismatch(here.begin(), here.end(), film.begin(), film.end()).first == here.end();
  return is_here ? "." : film.parent_path().string();
}

/// A closed terminal, or one that says nothing, stops nothing.
bool wants_work_stopped() {
  if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDERR_FILENO) == 0) return false;
  std::cerr << "\nreelface: a film is being restored. Stop it as well? What is done is kept. [y/N] " << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

void say_goodbye(Studio& studio) {
  if (!studio.leaves_work()) return;
  if (wants_work_stopped()) {
    studio.stop_work();
    std::cerr << "reelface: it stops after what it is at; `reelface studio` goes on with it\n";
  } else {
    std::cerr
        << "reelface: a film is still being restored, and goes on; `reelface studio` shows it again, and stops it\n";
  }
}

void run_studio(const StudioRequest& request, const CancelToken& cancel) {
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  Studio studio({root_of(request), request.film, program, request.port, options_json(), words_of});
  std::cout << studio.address() << std::endl;
  std::cerr << "reelface: the page is there as long as this runs, for this machine alone; Ctrl-C ends it\n";
  if (!request.opens_no_browser && !show_in_browser(studio.address()))
    std::cerr << "reelface: no browser could be started; open the address above in one\n";
  studio.run(cancel);
  say_goodbye(studio);
}

}  // namespace

void add_studio_command(CLI::App& program, const CancelToken& cancel) {
  auto request = std::make_shared<StudioRequest>();
  CLI::App* command = program.add_subcommand("studio", "See frames restored before you wait: a page on this machine");
  CLI::App* group = command->add_option_group("Studio");
  group->add_option("FILM", request->film, "The film to begin with");
  group
      ->add_option("--root", request->root,
                   "Nothing outside of this folder is read; else the working folder, or that of a FILM elsewhere")
      ->type_name("FOLDER");
  group->add_option("--port", request->port, "Where the page is; else any port that is free")
      ->type_name("N")
      ->check(CLI::Range(0, 65535).description(""));
  group->add_flag("--no-open", request->opens_no_browser, "Print the address, and start no browser");
  command->footer(
      "For example:\n"
      "  reelface studio old.mp4                    opens the browser\n"
      "  reelface studio --root /films --no-open    prints the address; it opens once");
  command->callback([request, &cancel] { run_studio(*request, cancel); });
}

}  // namespace reelface
