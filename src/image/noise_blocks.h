// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "image/grain.h"

namespace reelface {

/// Noise statistics of one block of samples: differences of neighbours, which slow gradients hardly touch.
struct BlockNoise {
  float level = 0;    ///< mean luma, 0..1
  float nearby = 0;   ///< mean squared difference of neighbours
  float further = 0;  ///< and of samples two apart
};

/// Of all blocks of a frame that lie in this region.
std::vector<BlockNoise> noise_of_blocks(const Frame& frame, const Affine& frame_to_crop, const MaskImage& mask,
                                        GrainRegion region);

}  // namespace reelface
