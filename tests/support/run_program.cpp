// SPDX-License-Identifier: Apache-2.0
#include "support/run_program.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <limits>

namespace reelface::testing {

ProgramResult run_program(const std::string& command_line) {
  ProgramResult result;
  FILE* pipe = popen(("(" + command_line + ") 2>&1").c_str(), "r");
  if (!pipe) return result;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    result.output.append(buffer.data(), count);
  }
  const int status = pclose(pipe);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

double number_after(const std::string& text, const std::string& label) {
  const std::size_t found = text.rfind(label);
  if (found == std::string::npos) return std::numeric_limits<double>::quiet_NaN();
  return std::strtod(text.c_str() + found + label.size(), nullptr);
}

}  // namespace reelface::testing
