// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace reelface {

/// A few seconds of a film, as they are and as they would be, to be played over and over. Pictures are JPEG.
struct FilmLoop {
  std::int64_t number = 0;  ///< by which its pictures are asked for
  std::int64_t first_frame = 0;
  std::vector<std::string> before, after;  ///< as many of each
  int width = 0, height = 0;               ///< of those before, as a viewer sees them, before pixels are made square
  double pixel_aspect = 1;                 ///< of a pixel as a viewer sees it: width over height
  double wall_seconds = 0;                 ///< how long it took
};

}  // namespace reelface
