// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace reelface {

/// What stands for the option's value: "TIME", "N". Empty for a flag.
std::string value_name(const CLI::Option& option);

/// "reelface compare RESTORED [OPTIONS]": how the program, or the command, is called.
std::string usage_of(const CLI::App& app);

/// --help of the program and of every command: how it is called, then what it takes, group by group, each option with
/// its default in brackets.
class HelpText : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
};

}  // namespace reelface
