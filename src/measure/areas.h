// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "reelface/measure/sample_plane.h"

namespace reelface {

/// Which samples of a picture were damaged on purpose. 255: damaged; no padding.
struct DamageMask {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> samples;
};

/// Sums over frames: what became of the damage, and of what was whole. Whole is what lies farther than two samples from
/// any damage.
struct AreaMeasures {
  double damaged_error = 0, whole_error = 0;  ///< sums of squared differences from the reference, of 1
  std::int64_t damaged = 0, whole = 0;        ///< samples
  std::int64_t heavy = 0, mended = 0;  ///< damage of 20 levels and more; of that, what is within 8 of the reference
  std::int64_t changed = 0;            ///< whole samples that are not as they were in the damaged picture

  AreaMeasures& operator+=(const AreaMeasures& other);
};

/// Luma 0..1, all of one size: of a picture, of what it should be, and of what it was made from. Pure.
AreaMeasures measure_areas(SampleView picture, SampleView reference, SampleView damaged, const DamageMask& mask);

}  // namespace reelface
