// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reelface {

/// Stored samples; 0x0 = unknown.
struct PictureSize {
  int width = 0;
  int height = 0;
};

}  // namespace reelface
