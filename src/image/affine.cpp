// SPDX-License-Identifier: Apache-2.0
#include "reelface/image/affine.h"

#include <cmath>

#include "reelface/core/error.h"

namespace reelface {

Position Affine::apply(Position position) const {
  return {rows[0] * position.x + rows[1] * position.y + rows[2], rows[3] * position.x + rows[4] * position.y + rows[5]};
}

Point Affine::apply(Point point) const {
  const Position moved = apply(Position{point.x, point.y});
  return {static_cast<float>(moved.x), static_cast<float>(moved.y)};
}

Affine Affine::inverse() const {
  for (const double value : rows) {
    if (!std::isfinite(value)) throw Error(ExitCode::kInternal, "a picture is to be moved by a matrix without numbers");
  }
  const double area = determinant();
  const double largest = std::fmax(length_of_x_step(), length_of_y_step());
  if (!(std::fabs(area) > 1e-12 * largest * largest) || !std::isfinite(1 / area)) {
    throw Error(ExitCode::kInternal, "a picture is to be moved by a matrix that cannot be undone");
  }
  Affine result;
  result.rows = {rows[4] / area, -rows[1] / area, 0, -rows[3] / area, rows[0] / area, 0};
  result.rows[2] = -(result.rows[0] * rows[2] + result.rows[1] * rows[5]);
  result.rows[5] = -(result.rows[3] * rows[2] + result.rows[4] * rows[5]);
  return result;
}

double Affine::length_of_x_step() const {
  return std::hypot(rows[0], rows[3]);
}

double Affine::length_of_y_step() const {
  return std::hypot(rows[1], rows[4]);
}

Affine Affine::scale_and_move(double scale_x, double scale_y, double x, double y) {
  return {{scale_x, 0, x, 0, scale_y, y}};
}

Affine chain(const Affine& first, const Affine& second) {
  const auto& a = first.rows;
  const auto& b = second.rows;
  return {{b[0] * a[0] + b[1] * a[3], b[0] * a[1] + b[1] * a[4], b[0] * a[2] + b[1] * a[5] + b[2],
           b[3] * a[0] + b[4] * a[3], b[3] * a[1] + b[4] * a[4], b[3] * a[2] + b[4] * a[5] + b[5]}};
}

}  // namespace reelface
