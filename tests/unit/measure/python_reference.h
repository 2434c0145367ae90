// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "support/run_program.h"
#include "support/source_folder.h"

namespace reelface::testing {

/// Runs reference_metrics.py with Debian's own Python, where python3-numpy and python3-skimage live.
inline ProgramResult run_reference(const std::string& arguments) {
  return run_program("/usr/bin/python3 " + source_file("tests/unit/measure/reference_metrics.py ") + arguments);
}

inline bool python_has(const std::string& module) {
  return run_program("/usr/bin/python3 -c 'import " + module + "'").exit_code == 0;
}

}  // namespace reelface::testing
