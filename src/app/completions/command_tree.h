// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace reelface {

/// An option as a shell sees it.
struct CompletedOption {
  std::vector<std::string> names;  ///< with their dashes
  std::string help;
  std::string value;               ///< what stands for the value; empty for a flag
  std::vector<std::string> words;  ///< of which the value is one; none: a file, or anything
  bool repeats = false;
};

struct CompletedCommand {
  std::string name;  ///< "models pull"; empty for the program itself
  std::string help;
  std::vector<CompletedOption> options;
  std::vector<CompletedCommand> inner;
};

CompletedCommand command_tree(const CLI::App& program);

/// "use" of "settings use".
std::string last_word(const std::string& name);

/// 'what it is', for any shell.
std::string single_quoted(const std::string& text);

std::string joined(const std::vector<std::string>& words, const std::string& between = " ");

std::string bash_completions(const CompletedCommand& program);
std::string zsh_completions(const CompletedCommand& program);
std::string fish_completions(const CompletedCommand& program);

}  // namespace reelface
