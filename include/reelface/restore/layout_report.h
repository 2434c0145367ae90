// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "reelface/image/frame.h"

namespace reelface {

/// Frames of a recorded call, one behind the other, that are laid out alike.
struct LayoutStretch {
  std::int64_t first_frame = 0;
  std::int64_t frames = 0;
  std::vector<PictureArea> tiles;  ///< as the last of them has them, in the frame as read; none: it is one picture
  double screen = 0;               ///< share of the picture that is a shared screen: the most in any of them
};

}  // namespace reelface
