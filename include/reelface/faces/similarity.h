// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "reelface/core/face.h"

namespace reelface {

/// Turn, scale and move: x' = scale·(cos·x − sin·y) + x0, y' = scale·(sin·x + cos·y) + y0. Kept as log scale and angle,
/// the numbers that may be averaged; never as matrix entries.
struct Similarity {
  double log_scale = 0;
  double angle = 0;  ///< radians, clockwise on the screen (y down)
  double x = 0;
  double y = 0;

  Point apply(Point point) const;
  Similarity inverse() const;
  std::array<double, 6> matrix() const;  ///< 2x3, row by row, as OpenCV wants it
};

/// GFPGAN's five points in a crop of `size` pixels (512 is the original).
std::array<Point, 5> alignment_template(double size);

/// The least-squares similarity that moves `from` onto `to`. All five points count in every frame: robust estimators
/// drop points, and a point that leaves or joins the inliers is a visible jump.
Similarity fit_similarity(const std::array<Point, 5>& from, const std::array<Point, 5>& to);

/// Root mean square distance of the moved points from their goals.
double rms_residual(const Similarity& similarity, const std::array<Point, 5>& from, const std::array<Point, 5>& to);

}  // namespace reelface
