// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace reelface {

/// Notes in the plan's folder what the finished film is like, just before it gets its name. Throws
/// Error(kOutputUnwritable).
void note_joined_film(const std::string& folder, const std::string& finished_file);

/// Whether `file` is the film whose parts were joined in this folder: the same length, head and tail.
bool is_joined_film(const std::string& folder, const std::string& file);

}  // namespace reelface
