// SPDX-License-Identifier: Apache-2.0
#include "local_fit.h"

#include <algorithm>

namespace reelface {

void LocalBasis::add(double time_seconds, double weight) {
  times_.push_back(time_seconds);
  weights_.push_back(weight);
}

void LocalBasis::solve() {
  std::array<double, 5> moments{};
  int carrying = 0;
  for (std::size_t index = 0; index < times_.size(); ++index) {
    if (weights_[index] > 0) ++carrying;
    double power = weights_[index];
    for (double& moment : moments) {
      moment += power;
      power *= times_[index] / half_width_;
    }
  }
  // A parabola through three or four points is noise; a line through two is all there is.
  const int possible = carrying >= 5 ? 2 : carrying >= 2 ? 1 : 0;
  const auto& [s0, s1, s2, s3, s4] = moments;
  const double line = s0 * s2 - s1 * s1;
  const double parabola = s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2);
  // Times that (nearly) coincide leave no slope to be found; the bounds are relative to the weight, which sets the
  // scale.
  constexpr double kSingular = 1e-9;
  const bool line_possible = line > kSingular * s0 * s0;
  const bool parabola_possible = parabola > kSingular * s0 * s0 * s0;
  if (degree_ >= 2 && possible >= 2 && parabola_possible) {
    inverse_ = {{{(s2 * s4 - s3 * s3) / parabola, (s2 * s3 - s1 * s4) / parabola, (s1 * s3 - s2 * s2) / parabola},
                 {(s2 * s3 - s1 * s4) / parabola, (s0 * s4 - s2 * s2) / parabola, (s1 * s2 - s0 * s3) / parabola},
                 {(s1 * s3 - s2 * s2) / parabola, (s1 * s2 - s0 * s3) / parabola, (s0 * s2 - s1 * s1) / parabola}}};
  } else if (degree_ >= 1 && possible >= 1 && line_possible) {
    inverse_ = {{{s2 / line, -s1 / line, 0}, {-s1 / line, s0 / line, 0}, {0, 0, 0}}};
  } else {
    inverse_ = {{{s0 > 0 ? 1 / s0 : 0, 0, 0}, {0, 0, 0}, {0, 0, 0}}};
  }
}

}  // namespace reelface
