// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace reelface {

/// What stands for the option's value: "TIME", "N". Empty for a flag.
std::string value_name(const CLI::Option& option);

/// The groups of options that a command has, or the commands in it.
std::vector<const CLI::App*> inner(const CLI::App& app, bool groups);

/// "reelface compare RESTORED [OPTIONS]": how the program, or the command, is called.
std::string usage_of(const CLI::App& app);

/// --help of the program and of every command: how it is called, then what it takes, group by group, each option with
/// its default in brackets.
class HelpText : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
};

}  // namespace reelface
