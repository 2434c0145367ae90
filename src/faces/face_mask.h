// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "reelface/core/face.h"
#include "reelface/image/mask_image.h"

namespace reelface {

/// What of a crop belongs to the face. Analytic now; a parsing network can stand here later.
/// Thread-safety: make() may be called from several threads at once.
class FaceMaskMaker {
 public:
  virtual ~FaceMaskMaker() = default;

  /// Weights 0..1 for a crop of `crop_size` pixels. `template_points` are the face's smoothed points in the 512 crop
  /// (SmoothedAlignment::template_points): the mask is then as steady as they are. 0 along the crop's border.
  virtual MaskImage make(const std::array<Point, 5>& template_points, int crop_size) const = 0;
};

/// A head's outline from forehead to chin, laid through eyes and mouth, turned with the head, with a wide soft edge.
class SoftFaceMask : public FaceMaskMaker {
 public:
  MaskImage make(const std::array<Point, 5>& template_points, int crop_size) const override;
};

/// The whole crop up to a soft border. The same for every face.
class BoxFaceMask : public FaceMaskMaker {
 public:
  MaskImage make(const std::array<Point, 5>& template_points, int crop_size) const override;
};

}  // namespace reelface
