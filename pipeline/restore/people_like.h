// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace reelface {

/// The people of a file of tracks who look like somebody's photo, as `--reference-face` would choose them. Throws what
/// reading either throws.
std::vector<std::int64_t> people_like(const std::string& photo, const std::string& tracks_file);

}  // namespace reelface
