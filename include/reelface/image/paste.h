// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/rgb_image.h"
#include "reelface/image/affine.h"
#include "reelface/image/frame.h"
#include "reelface/image/mask_image.h"

namespace reelface {

struct PasteOptions {
  double strength = 1;            ///< 0..1, multiplies the mask
  double fine_noise_removal = 0;  ///< 0..1: takes away what the frame has and the crop was too coarse to show
  bool luma_only = false;         ///< for grey footage: chroma samples stay as they are
};

/// A restored face and the crop it was made from. Crop, restored and mask have the same size.
struct RestoredFace {
  RgbViewF crop;
  RgbViewF restored;
  const MaskImage& mask;
};

/// Adds the difference (restored − crop) · mask · strength to the frame, in the frame's own format and grid: nothing is
/// converted forth and back. So what the network left alone stays bit for bit, and so does every sample whose place in
/// the crop has no mask; alpha is never touched. The difference is rounded with a pattern fixed to the picture, which
/// keeps smooth skin smooth in 8 bits and does not move with time. Codes outside the legal range are kept, never made.
/// The frame's samples are copied first if they are shared, and only if something changes.
void paste(Frame& frame, const Affine& frame_to_crop, const RestoredFace& face, const PasteOptions& options = {});

}  // namespace reelface
