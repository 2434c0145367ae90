// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "degrade/uneven_flicker.h"

namespace reelface {

/// What lies on a frame. Of each kind, how many of them change a sample.
struct LaidDamage {
  int specks = 0;  ///< of dirt
  int scratches = 0;
  int hairs = 0;
  int blotches = 0;
  int chroma_blotches = 0;
  int mould = 0;            ///< colonies
  int switching_lines = 0;  ///< at the bottom

  int count() const { return specks + scratches + hairs + blotches + chroma_blotches + mould + switching_lines; }
};

/// What was done to one frame: what whoever mends it can be measured against.
struct DamageTruth {
  double weave_x = 0;    ///< pixels that the picture was moved to the right: sway, jitter and splices together
  double weave_y = 0;    ///< and down
  double flicker = 1;    ///< what its brightness was multiplied by, splices included
  UnevenLight uneven;    ///< and how that changed over the picture
  double noise = 0;      ///< sigma of 255: noise and grain together, in the mid tones
  LaidDamage laid;       ///< what lies on it
  bool spliced = false;  ///< the film was cut and joined right before this frame
  bool doubled = false;  ///< it shows the clean frame before, not its own
  int width = 0;         ///< of the mask: that of the result
  int height = 0;
  std::vector<std::uint8_t> mask;  ///< 255 where what lies on the frame changed a sample, else 0; no padding
};

}  // namespace reelface
