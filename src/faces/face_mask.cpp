// SPDX-License-Identifier: Apache-2.0
#include "faces/face_mask.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/smooth_step.h"

namespace reelface {
namespace {

/// An ellipse whose upper and lower halves have their own heights.
struct HeadOutline {
  double centre_x = 0, centre_y = 0;  ///< in the 512 crop
  double right_x = 1, right_y = 0;    ///< direction across the face
  double per_half_width = 1;          ///< 1 / half of its width
  double per_height_up = 1, per_height_down = 1;

  /// Squared: 0 in the centre, 1 on the outline.
  double squared_reach(double x, double y) const {
    const double dx = x - centre_x, dy = y - centre_y;
    const double across = (dx * right_x + dy * right_y) * per_half_width;
    const double along = -dx * right_y + dy * right_x;
    const double up_or_down = along * (along < 0 ? per_height_up : per_height_down);
    return across * across + up_or_down * up_or_down;
  }

  /// 1 well inside, 0 outside, a wide soft edge between: only there a root has to be drawn.
  double weight(double x, double y) const {
    constexpr double kFull = 0.86, kNothing = 1.16;
    const double squared = squared_reach(x, y);
    if (squared <= kFull * kFull) return 1;
    if (squared >= kNothing * kNothing) return 0;
    return 1 - smooth_step(kFull, kNothing, std::sqrt(squared));
  }
};

/// Proportions by eye on portraits in the 512 crop: chin 0.72 of the eye–mouth distance below the mouth, hairline about
/// as far above the eyes, cheeks wider than either. A turned head shows less of its far side and more of its near one.
HeadOutline outline_of(const std::array<Point, 5>& points) {
  const double eyes_x = (points[0].x + points[1].x) / 2.0, eyes_y = (points[0].y + points[1].y) / 2.0;
  const double mouth_x = (points[3].x + points[4].x) / 2.0, mouth_y = (points[3].y + points[4].y) / 2.0;
  double down_x = mouth_x - eyes_x, down_y = mouth_y - eyes_y;
  const double eye_mouth = std::clamp(std::hypot(down_x, down_y), 100.0, 200.0);
  const double length = std::hypot(down_x, down_y);
  if (length < 1)
    down_x = 0, down_y = 1;
  else
    down_x /= length, down_y /= length;

  HeadOutline outline;
  outline.right_x = down_y;
  outline.right_y = -down_x;
  const double eye_distance = std::hypot(points[1].x - points[0].x, points[1].y - points[0].y);
  // Seen from the side the eyes come together but the head stays as wide: the larger of two estimates.
  const double scale = std::max(eye_mouth, eye_distance * 1.04);
  const double nose_aside = (points[2].x - eyes_x) * outline.right_x + (points[2].y - eyes_y) * outline.right_y;
  const double turn = std::clamp(nose_aside / scale, -0.5, 0.5);
  outline.centre_x = eyes_x + down_x * 0.4 * eye_mouth - outline.right_x * 0.35 * turn * scale;
  outline.centre_y = eyes_y + down_y * 0.4 * eye_mouth - outline.right_y * 0.35 * turn * scale;
  outline.per_half_width = 1 / (1.28 * scale);
  outline.per_height_up = 1 / (1.6 * eye_mouth);
  outline.per_height_down = 1 / (1.38 * eye_mouth);
  return outline;
}

/// For each row or column: 0 on the crop's outermost pixels and 1 farther inside than `ramp`, a share of the crop's
/// side.
std::vector<double> border_weights(int crop_size, double ramp) {
  std::vector<double> weights(static_cast<std::size_t>(crop_size), 0);
  for (int i = 1; i + 1 < crop_size; ++i) {
    const double place = (i + 0.5) / crop_size;
    weights[static_cast<std::size_t>(i)] = smooth_step(0.01, ramp, std::min(place, 1 - place));
  }
  return weights;
}

/// `weight_at` of places in the 512 crop, less towards the crop's border: whichever of row and column is nearer to it.
template <class WeightAt>
MaskImage painted(int crop_size, double ramp, WeightAt weight_at) {
  const std::vector<double> borders = border_weights(crop_size, ramp);
  const double* const border = borders.data();
  const double scale = 512.0 / crop_size;
  MaskImage mask(crop_size, crop_size);
  float* to = mask.weights.data();
  for (int row = 0; row < crop_size; ++row) {
    for (int column = 0; column < crop_size; ++column) {
      const double inside = std::min(border[row], border[column]);
      *to++ = static_cast<float>(inside * weight_at((column + 0.5) * scale - 0.5, (row + 0.5) * scale - 0.5));
    }
  }
  return mask;
}

}  // namespace

MaskImage SoftFaceMask::make(const std::array<Point, 5>& template_points, int crop_size) const {
  const HeadOutline outline = outline_of(template_points);
  return painted(crop_size, 0.1, [&](double x, double y) { return outline.weight(x, y); });
}

MaskImage BoxFaceMask::make(const std::array<Point, 5>&, int crop_size) const {
  return painted(crop_size, 0.15, [](double, double) { return 1; });
}

}  // namespace reelface
