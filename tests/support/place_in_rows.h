// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace reelface::testing {

/// Where a value lies in rows of `width` values, one after the other.
inline std::size_t place_in_rows(int x, int y, int width) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
}

}  // namespace reelface::testing
