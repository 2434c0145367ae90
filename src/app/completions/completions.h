// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>
#include <string>

namespace reelface {

/// The script that makes a shell ("bash", "zsh" or "fish") complete the words of every command.
std::string completions(const CLI::App& program, const std::string& shell);

}  // namespace reelface
