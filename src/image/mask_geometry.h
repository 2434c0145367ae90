// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/image/affine.h"
#include "reelface/image/mask_image.h"

namespace reelface {

/// Whole samples; right and bottom are not included.
struct SampleBox {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;

  bool is_empty() const { return left >= right || top >= bottom; }
  int width() const { return right - left; }
  int height() const { return bottom - top; }
};

/// Where the mask is more than 0.
SampleBox box_of_mask(const MaskImage& mask);

/// Samples of a plane of the given size whose places may lie inside `box` of the crop.
SampleBox samples_within(const SampleBox& box, const Affine& component_to_crop, int width, int height);

/// Narrows the samples first..last−1 of row y to those whose places may lie inside `box` of the crop.
void narrow_to_box(const SampleBox& box, const Affine& component_to_crop, int y, int& first, int& last);

/// The mask's weight at the nearest of its pixels; 0 outside.
inline float nearest_weight(const MaskImage& mask, double x, double y) {
  const double column = x + 0.5, row = y + 0.5;  // their whole parts are the nearest pixel's
  if (!(column > 0 && row > 0 && column < mask.width && row < mask.height)) return 0;
  const std::size_t first = static_cast<std::size_t>(row) * static_cast<std::size_t>(mask.width);
  return mask.weights[first + static_cast<std::size_t>(column)];
}

/// Calls visit(i, x, y) with the place in the crop of each of the samples first..last−1 of row y.
template <class Visit>
void for_places(const Affine& component_to_crop, int y, int first, int last, Visit visit) {
  const auto& m = component_to_crop.rows;
  const double start_x = m[0] * first + m[1] * y + m[2];
  const double start_y = m[3] * first + m[4] * y + m[5];
  for (int i = 0; i < last - first; ++i) visit(i, start_x + m[0] * i, start_y + m[3] * i);
}

}  // namespace reelface
