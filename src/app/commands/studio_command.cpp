#include "app/commands/studio_command.h"

#include <CLI/CLI.hpp>
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
  std::string root = ".";
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

void run_studio(const StudioRequest& request, const CancelToken& cancel) {
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  Studio studio({request.root, request.film, program, request.port, options_json(), words_of});
  std::cout << studio.address() << std::endl;
  std::cerr << "reelface: the page is there as long as this runs, for this machine alone; Ctrl-C ends it\n";
  if (!request.opens_no_browser && !show_in_browser(studio.address()))
    std::cerr << "reelface: no browser could be started; open the address above in one\n";
  studio.run(cancel);
  if (studio.leaves_work())
    std::cerr
        << "reelface: a film is still being restored, and goes on; `reelface studio` shows it again, and stops it\n";
}

}  // namespace

void add_studio_command(CLI::App& program, const CancelToken& cancel) {
  auto request = std::make_shared<StudioRequest>();
  CLI::App* command = program.add_subcommand("studio", "See frames restored before you wait: a page on this machine");
  CLI::App* group = command->add_option_group("Studio");
  group->add_option("FILM", request->film, "The film to begin with");
  group->add_option("--root", request->root, "Nothing outside of this folder is read; else the working folder")
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
