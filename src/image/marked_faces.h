// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "reelface/image/affine.h"
#include "reelface/image/frame.h"
#include "reelface/image/mask_image.h"

namespace reelface {

/// A face as `--compare` shows it.
struct MarkedFace {
  Affine frame_to_crop;
  int crop_size = 0;
  const MaskImage* mask = nullptr;
  double strength = 1;             ///< of the restoration
  bool is_restored = false;        ///< or left alone
  std::vector<Position> points{};  ///< in the crop
  int number = 0;
};

/// A copy of the frame with the masks coloured, as strongly as the faces were restored.
Frame with_masks(const Frame& frame, const std::vector<MarkedFace>& faces);

/// A copy of the frame with the crops' outlines, the faces' points and numbers.
Frame with_boxes(const Frame& frame, const std::vector<MarkedFace>& faces);

}  // namespace reelface
