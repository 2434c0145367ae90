#pragma once

#include <cstdint>
#include <vector>

namespace reelface {

/// What was done to one frame: what whoever mends it can be measured against.
struct DamageTruth {
  double weave_x = 0;  ///< pixels that the picture was moved to the right, sway and jitter together
  double weave_y = 0;  ///< and down
  double flicker = 1;  ///< what its brightness was multiplied by
  double noise = 0;    ///< sigma of 255: noise and grain together, in the mid tones
  int specks = 0;      ///< of dirt, those that change a sample
  int scratches = 0;
  int width = 0;  ///< of the mask: that of the result
  int height = 0;
  std::vector<std::uint8_t> mask;  ///< 255 where dirt or scratches changed a sample, else 0; no padding
};

}  // namespace reelface
