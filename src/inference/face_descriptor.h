// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "reelface/core/face_description.h"
#include "reelface/core/rgb_image.h"

namespace reelface {

/// Describes who is seen. Thread-safety: describe() may be called from several threads at once.
class FaceDescriptor {
 public:
  virtual ~FaceDescriptor() = default;

  virtual int crop_size()
      const = 0;  ///< side of the crops it takes: rows 139..465, columns 93..419 of the 512 template

  /// One description for each crop, RGB 0..1. The same crop gives the same numbers whatever else is in the batch.
  virtual std::vector<FaceDescription> describe(const std::vector<RgbViewF>& crops) const = 0;
};

}  // namespace reelface
