// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

namespace reelface {

/// Smooth 0..1 between two edges.
inline double smooth_step(double low_edge, double high_edge, double value) {
  if (high_edge <= low_edge) return value < low_edge ? 0 : 1;
  const double u = std::clamp((value - low_edge) / (high_edge - low_edge), 0.0, 1.0);
  return u * u * (3 - 2 * u);
}

}  // namespace reelface
