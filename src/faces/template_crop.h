// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/faces/similarity.h"
#include "reelface/image/affine.h"

namespace reelface {

/// The 512 template's pixels to those of a smaller or larger crop: pixel centres stay pixel centres.
inline Affine template_to_crop(int crop_size) {
  const double scale = crop_size / 512.0;
  const double move = (scale - 1) / 2;
  return Affine::scale_and_move(scale, scale, move, move);
}

/// From stored samples to a crop of a face that was aligned as a viewer sees it.
inline Affine coded_to_crop(const Affine& coded_to_display, const Similarity& to_template, int crop_size) {
  return chain(chain(coded_to_display, Affine{to_template.matrix()}), template_to_crop(crop_size));
}

}  // namespace reelface
