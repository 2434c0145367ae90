// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface::testing {

struct ProgramResult {
  int exit_code = -1;
  std::string output;  ///< stdout and stderr together
};

/// Runs a shell command line and waits for it.
ProgramResult run_program(const std::string& command_line);

/// The number after `label` in a text, for example number_after("y:37.21 u:40", "y:"). NaN when it is not there; "inf"
/// is infinity.
double number_after(const std::string& text, const std::string& label);

}  // namespace reelface::testing
