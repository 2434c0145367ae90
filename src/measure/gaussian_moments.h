// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "reelface/measure/sample_plane.h"

namespace reelface {

/// Weighted local moments of two planes under an 11x11 Gaussian (sigma 1.5), one output row at a time: means of the
/// picture and the reference, mean of the sum of their squares, mean of their product. Windows lie wholly inside, so a
/// row has width - 10 values and there are height - 10 rows. Eleven filtered rows are all it ever holds.
class GaussianMoments {
 public:
  static constexpr int kTaps = 11;
  static constexpr int kMargin = kTaps - 1;

  struct Row {
    std::vector<float> picture, reference, squares, product;
  };

  /// Both views have one size, at least 11x11. `centre` is taken off every sample first: variances do not change, and
  /// floats keep more of their bits.
  GaussianMoments(SampleView picture, SampleView reference, float centre);

  int rows() const { return picture_.height - kMargin; }
  int columns() const { return picture_.width - kMargin; }

  /// Row 0, 1, 2, ... in order; valid until the next call. The means are those of the centred samples.
  const Row& next();

 private:
  void filter_across(int y, Row& into);

  SampleView picture_;
  SampleView reference_;
  float centre_;
  std::array<float, kTaps / 2 + 1> weights_;  ///< middle first
  std::array<Row, kTaps> filtered_;
  Row products_;  ///< one input row, full width
  Row result_;
  int next_input_ = 0;
};

}  // namespace reelface
