// SPDX-License-Identifier: Apache-2.0
#include "app/commands/options_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "app/call_options.h"
#include "app/completions/completions.h"
#include "app/man_page.h"
#include "app/option_json.h"
#include "app/padded.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

struct OptionLine {
  const OptionFacts* facts;
  std::optional<OptionTexts> usual;
};

/// Of both tables, those of a group together.
std::vector<OptionLine> all_options() {
  std::vector<OptionLine> lines;
  for (const Option& row : option_table()) lines.push_back({&row, row.read({})});
  for (const CallOption& row : call_option_table()) {
    const auto is_behind = [&row](const OptionLine& line) { return line.facts->group == row.group; };
    const auto last = std::find_if(lines.rbegin(), lines.rend(), is_behind);
    lines.insert(last == lines.rend() ? lines.end() : last.base(), {&row, row.read({})});
  }
  return lines;
}

/// UTF-8 letters, not bytes.
void print(std::ostream& out) {
  out << "Option, what it belongs to, what it changes, [what is usual]\n\n";
  std::string group;
  for (const OptionLine& line : all_options()) {
    const OptionFacts& facts = *line.facts;
    if (facts.group != group) out << (group.empty() ? "" : "\n") << facts.group << ":\n";
    group = facts.group;
    out << padded("  " + shown(facts), 56) << padded(name_of(facts.belongs), 6);
    if (facts.usual.empty())
      out << name_of(facts.changes) << "\n";
    else
      out << padded(name_of(facts.changes), 9) << "[" << facts.usual << "]\n";
  }
}

Json all_as_json() {
  Json rows = Json::array();
  for (const OptionLine& line : all_options()) rows.push_back(to_json(*line.facts, line.usual));
  return rows;
}

}  // namespace

void add_options_command(CLI::App& program) {
  struct Request {
    bool as_json = false;
    bool as_man_page = false;
    std::string shell;
  };
  auto request = std::make_shared<Request>();
  CLI::App* command = program.add_subcommand("options", "List every option of `restore`, for people and for programs");
  CLI::Option* json = command->add_flag("--json", request->as_json, "For machines, with types, ranges and defaults");
  command->add_option("--completions", request->shell, "Print what makes this shell complete the program's words")
      ->type_name("bash|zsh|fish")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}).description(""))
      ->excludes(json);
  command->add_flag("--man", request->as_man_page, "Print the manual of the program, for man")
      ->excludes(json)
      ->excludes("--completions");
  command->footer(
      "For example:\n"
      "  source <(reelface options --completions bash)                                    in ~/.bashrc\n"
      "  reelface options --completions fish > ~/.config/fish/completions/reelface.fish\n"
      "  reelface options --man > ~/.local/share/man/man1/reelface.1");
  command->callback([request, &program] {
    if (request->as_man_page)
      std::cout << man_page(program);
    else if (!request->shell.empty())
      std::cout << completions(program, request->shell);
    else if (request->as_json)
      std::cout << all_as_json().dump(2) << "\n";
    else
      print(std::cout);
  });
}

}  // namespace reelface
