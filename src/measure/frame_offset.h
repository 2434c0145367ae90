// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "image/small_copy.h"

namespace reelface {

/// How many frames `others` is behind `frames`: frames[i] shows what others[i + offset] shows. 0 unless another offset
/// up to `farthest` fits clearly better: still pictures fit at any offset. Brightness does not count.
int find_frame_offset(const std::vector<GreyImage8>& frames, const std::vector<GreyImage8>& others, int farthest);

}  // namespace reelface
