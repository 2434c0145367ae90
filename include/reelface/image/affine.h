// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "reelface/core/face.h"

namespace reelface {

/// Where something is, in double precision: a hundredth of a sample matters far from the corner of a large picture.
struct Position {
  double x = 0;
  double y = 0;
};

/// x' = rows[0]·x + rows[1]·y + rows[2], y' = rows[3]·x + rows[4]·y + rows[5]. The order of OpenCV's 2x3 matrices and
/// of Similarity::matrix(). Coordinates are continuous: the centre of the first sample is at 0, 0.
struct Affine {
  std::array<double, 6> rows{1, 0, 0, 0, 1, 0};

  Position apply(Position position) const;
  Point apply(Point point) const;

  double determinant() const { return rows[0] * rows[4] - rows[1] * rows[3]; }

  /// Throws if the map squeezes the plane into a line, or holds something that is not a number.
  Affine inverse() const;

  /// How far one step along x, along y moves the result.
  double length_of_x_step() const;
  double length_of_y_step() const;

  static Affine scale_and_move(double scale_x, double scale_y, double x, double y);
};

/// First `first`, then `second`.
Affine chain(const Affine& first, const Affine& second);

}  // namespace reelface
