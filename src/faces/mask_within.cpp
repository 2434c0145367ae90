// SPDX-License-Identifier: Apache-2.0
#include "faces/mask_within.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace reelface {
namespace {

constexpr double kFarAway = 1e6;  // in samples: beyond any frame, and whole numbers hold it

/// The samples of the frame that may take the weight of one pixel of the mask: those between these two, which count.
struct Footprint {
  double left = 0, right = 0, top = 0, bottom = 0;
};

/// Calls visit(weight, footprint) for each pixel of the mask.
template <class Visit>
void for_footprints(const Affine& frame_to_mask, MaskImage& mask, Visit visit) {
  const Affine mask_to_frame = frame_to_mask.inverse();
  const auto& rows = mask_to_frame.rows;
  // A sample takes the weight of the pixel nearest to it. One just between two pixels takes either, by the last bit of
  // its place.
  constexpr double kRounding = 1e-6;
  const double reach_x = (std::abs(rows[0]) + std::abs(rows[1])) / 2 + kRounding;
  const double reach_y = (std::abs(rows[3]) + std::abs(rows[4])) / 2 + kRounding;
  auto weight = mask.weights.begin();
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) {
      const Position place = mask_to_frame.apply(Position{static_cast<double>(x), static_cast<double>(y)});
      visit(*weight++, Footprint{place.x - reach_x, place.x + reach_x, place.y - reach_y, place.y + reach_y});
    }
  }
}

/// Whole samples, each as far as half way to the next.
cv::Rect samples_of(const Footprint& footprint, cv::Size frame) {
  const auto nearest = [](double place) {
    return static_cast<int>(std::floor(std::clamp(place, -kFarAway, kFarAway) + 0.5));
  };
  const int left = nearest(footprint.left), top = nearest(footprint.top);
  return cv::Rect(left, top, nearest(footprint.right) - left + 1, nearest(footprint.bottom) - top + 1) &
         cv::Rect({}, frame);
}

}  // namespace

void keep_mask_within(const PictureArea& area, const Affine& frame_to_mask, MaskImage& mask) {
  for_footprints(frame_to_mask, mask, [&area](float& weight, const Footprint& footprint) {
    const bool is_within = footprint.left > area.x - 1 && footprint.right < area.x + area.width &&
                           footprint.top > area.y - 1 && footprint.bottom < area.y + area.height;
    if (!is_within) weight = 0;
  });
}

bool keep_mask_out_of(const cv::Mat& area, const Affine& frame_to_mask, MaskImage& mask) {
  bool is_left = false;
  for_footprints(frame_to_mask, mask, [&](float& weight, const Footprint& footprint) {
    if (weight == 0) return;
    const cv::Rect samples = samples_of(footprint, area.size());
    if (!samples.empty() && cv::countNonZero(area(samples)) > 0) weight = 0;
    is_left |= weight > 0;
  });
  return is_left;
}

}  // namespace reelface
