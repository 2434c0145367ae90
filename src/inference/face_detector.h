// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "reelface/core/face.h"
#include "reelface/core/rgb_image.h"

namespace reelface {

/// Finds faces in pictures. Thread-safety: detect() may be called from several threads at once.
class FaceDetector {
 public:
  virtual ~FaceDetector() = default;

  /// The faces of each picture, best score first, in that picture's pixels. Pictures of one call should have equal
  /// sizes.
  virtual std::vector<std::vector<Face>> detect(const std::vector<RgbView8>& pictures) const = 0;
};

}  // namespace reelface
