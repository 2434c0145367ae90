// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace reelface {

/// What was wrong with the words on the command line, and what to do about it.
struct UsageAdvice {
  std::string problem;
  std::string advice;
};

/// For what CLI11 complains about. A misspelt option or command is answered with the one that was meant, if any is
/// near.
UsageAdvice usage_advice(const CLI::App& program, const std::vector<std::string>& words, const CLI::ParseError& error);

}  // namespace reelface
