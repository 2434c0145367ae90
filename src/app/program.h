// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reelface {

/// The whole program: reads the command line, runs the command, says what went wrong, returns the exit code.
int run_program(int argument_count, char** arguments);

}  // namespace reelface
