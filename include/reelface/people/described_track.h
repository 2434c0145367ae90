// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "reelface/core/face_description.h"

namespace reelface {

/// Who a track shows, as far as its best frames tell.
struct DescribedTrack {
  std::int64_t id = 0;
  std::int64_t person = 0;  ///< 0 = nobody could tell
  double confidence = 0;    ///< of the description, 0..1; 0 = there is none
  FaceDescription description{};
  double size_px = 0;  ///< of the face in those frames; 0 = unknown
};

}  // namespace reelface
