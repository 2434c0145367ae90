// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "media/write/output_target.h"

namespace reelface {

/// The files that writing to the target may replace: its own, or the pictures of such numbers that are there already.
std::vector<std::string> replaceable_files(const OutputTarget& target);

/// Throws Error(kUsage) if the output would replace a file of the input, or, without `overwrite`, any other.
void check_output_paths(const std::string& input, const OutputTarget& target, bool overwrite);

}  // namespace reelface
