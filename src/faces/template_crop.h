#pragma once

#include "reelface/image/affine.h"

namespace reelface {

/// The 512 template's pixels to those of a smaller or larger crop: pixel centres stay pixel centres.
inline Affine template_to_crop(int crop_size) {
  const double scale = crop_size / 512.0;
  const double move = (scale - 1) / 2;
  return Affine::scale_and_move(scale, scale, move, move);
}

}  // namespace reelface
