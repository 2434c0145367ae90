// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/rgb_image.h"
#include "reelface/image/affine.h"
#include "reelface/image/frame.h"

namespace reelface {

/// What a crop shows where the picture has ended.
enum class CropBorder {
  kGfpganGray,  ///< the gray that GFPGAN was fed there
  kReplicate    ///< the nearest sample of the edge
};

/// A square crop as RGB 0..1 (not clamped), in the frame's own transfer. Read straight from the planes, only where the
/// crop lies, each component on its own grid. `frame_to_crop` maps the frame's stored coordinates to crop pixels and
/// may be any affine map: chain(coded_to_display(facts), similarity) for pictures that are shown turned or stretched.
/// Cubic where the face is smaller than the crop; averaged first where it is larger.
RgbImageF extract_crop(const Frame& frame, const Affine& frame_to_crop, int size,
                       CropBorder border = CropBorder::kGfpganGray);

}  // namespace reelface
