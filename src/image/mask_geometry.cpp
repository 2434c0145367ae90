// SPDX-License-Identifier: Apache-2.0
#include "mask_geometry.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace reelface {
namespace {

/// Narrows [first, last) to where start + step·x stays within [lowest, highest].
void narrow(double start, double step, double lowest, double highest, int& first, int& last) {
  if (std::fabs(step) < 1e-9) {
    if (start < lowest - 1 || start > highest + 1) last = first;
    return;
  }
  double begin = (lowest - start) / step;
  double end = (highest - start) / step;
  if (begin > end) std::swap(begin, end);
  first = static_cast<int>(std::clamp(std::floor(begin), static_cast<double>(first), static_cast<double>(last)));
  last = static_cast<int>(std::clamp(std::ceil(end) + 1, static_cast<double>(first), static_cast<double>(last)));
}

}  // namespace

SampleBox box_of_mask(const MaskImage& mask) {
  SampleBox box{mask.width, mask.height, 0, 0};
  for (int y = 0; y < mask.height; ++y) {
    const float* row = mask.weights.data() + static_cast<std::size_t>(y) * mask.width;
    const float* const end = row + mask.width;
    const auto counts = [](float weight) { return weight > 0; };
    const float* first = std::find_if(row, end, counts);
    if (first == end) continue;
    const float* last = end - 1;
    while (!counts(*last)) --last;
    box.left = std::min(box.left, static_cast<int>(first - row));
    box.right = std::max(box.right, static_cast<int>(last - row) + 1);
    box.top = std::min(box.top, y);
    box.bottom = y + 1;
  }
  return box;
}

SampleBox samples_within(const SampleBox& box, const Affine& component_to_crop, int width, int height) {
  const Affine back = component_to_crop.inverse();
  double low_x = HUGE_VAL;
  double low_y = HUGE_VAL;
  double high_x = -HUGE_VAL;
  double high_y = -HUGE_VAL;
  for (const double x : {box.left - 0.5, box.right - 0.5}) {
    for (const double y : {box.top - 0.5, box.bottom - 0.5}) {
      const Position place = back.apply(Position{x, y});
      low_x = std::min(low_x, place.x);
      high_x = std::max(high_x, place.x);
      low_y = std::min(low_y, place.y);
      high_y = std::max(high_y, place.y);
    }
  }
  const auto whole = [](double place, int size) {
    return static_cast<int>(std::clamp(place, 0.0, static_cast<double>(size)));
  };
  return {whole(std::ceil(low_x), width), whole(std::ceil(low_y), height), whole(std::floor(high_x) + 1, width),
          whole(std::floor(high_y) + 1, height)};
}

void narrow_to_box(const SampleBox& box, const Affine& component_to_crop, int y, int& first, int& last) {
  const auto& m = component_to_crop.rows;
  narrow(m[1] * y + m[2], m[0], box.left - 0.5, box.right - 0.5, first, last);
  narrow(m[4] * y + m[5], m[3], box.top - 0.5, box.bottom - 0.5, first, last);
}

}  // namespace reelface
