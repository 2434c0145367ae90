// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace reelface::testing {

/// Small good checkpoints, one of each form, to be damaged by tests and fuzzers.
std::vector<std::string> sample_checkpoints();

}  // namespace reelface::testing
